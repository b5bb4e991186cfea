from extras2 import X,R
import re,random,html,os,zlib,json
OUT='/tmp/w/fz/32'
K='home|about|contact|search|privacy|terms|cookie|ok|menu|skip|more|news|share|top|rights|comments'.split('|')
L={}
for line in open('lang.txt',encoding='utf-8').read().strip().split('\n'):
    c,rest=line.split('=',1); v=rest.split('|'); assert len(v)==len(K),(c,len(v)); L[c]=dict(zip(K,v))
S={}
for part in re.split(r'(?m)^=== ',open('shells.txt',encoding='utf-8').read())[1:]:
    n,b=part.split('\n',1); S[n.strip()]=b.strip('\n')
order=list(range(1,131)); random.Random(3207).shuffle(order)
pages=[]
used=set()
O={'collections.harbour':{},'ellinikoscholio':dict(enc='iso-8859-7'),'dimos-petro':dict(enc='windows-1253',breakp=3),'zahradkari':dict(enc='windows-1250'),'urzad-rynku':dict(enc='iso-8859-2'),'priamurvesti':dict(enc='windows-1251'),
'westquay':dict(inl=1),'kestrelenglish':dict(breakp=6,unq=1),'stickandsign':dict(breakp=7),'marlowandthread':dict(breakp=3),'ruralwatch':dict(unq=1),'kuestenglueck':dict(breakp=4,inl=1),'letrasdepatio':dict(inl=1),'prolocovalscura':dict(enc='iso-8859-1',breakp=6,upper=True),'kassen-und-mehr':dict(enc='iso-8859-1',inl=1),'gardencentres':dict(breakp=4),'osp-brzezina':dict(breakp=5),'granbacken':dict(inl=1),'hotel-amurskie':dict(enc='windows-1251'),'kurabase':dict(minify=False),'juhuibao':dict(minify=True),'pixelpantry':dict(minify=False),'next-min':{},'countercroft':dict(minify=True),'festivaldelalmendro':dict(minify=True),'saltmarsh':dict(minify=True),'hackforharbours':dict(unq=1),'kilnstreet':dict(minify=True),'cardgomi':dict(breakp=3),'jejaksiput':dict(inl=1),'lampadelle':dict(breakp=3)}
MODS=None
def mods(lang,r,nav,site):
    t=L[lang]; st=r.choice(['bem','tw','bs','pl','hash'])
    def c(n):
        return {'bem':'c-%s c-%s--%s'%(n,n,r.choice(['light','dark','wide'])),'tw':'%s mt-%d px-%d text-%s'%(r.choice(['flex','grid','block']),r.randint(2,12),r.randint(2,8),r.choice(['sm','base','xs'])),'bs':'%s col-%d mb-%d'%(n,r.randint(3,12),r.randint(1,5)),'pl':n+r.choice(['','_box','-wrap','Area']),'hash':'%s_%s__%05x'%(n.title(),r.choice(['root','inner','item']),r.getrandbits(20))}[st]
    soc=['facebook','instagram','youtube','mastodon','linkedin','telegram','pinterest','bluesky']
    out=[]
    def social():
        a=''.join('<a class="%s" href="https://%s.example/%s" rel="noopener" aria-label="%s"><svg width="20" height="20" viewBox="0 0 24 24"><path d="M%d %dh%dv%dz"/></svg></a>'%(c('soc'),s,'%x'%r.getrandbits(20),s,r.randint(1,8),r.randint(1,8),r.randint(4,12),r.randint(4,12)) for s in r.sample(soc,r.randint(2,5)))
        return r.choice(['<div class="%s">%s</div>','<p class="%s">%s</p>','<aside class="%s"><div>%s</div></aside>'])%(c('social'),a)
    def cols():
        k=r.randint(2,3); b=''
        its=[(t[x],x) for x in('home','about','news','contact','privacy','terms','search')]; r.shuffle(its)
        for j in range(k):
            b+='<div class="%s"><ul>%s</ul></div>'%(c('col'),''.join('<li><a href="/%s">%s</a></li>'%(u,w) for w,u in its[j::k]))
        return '<div class="%s">%s</div>'%(c('footcols'),b)
    def newsl():
        return '<form class="%s" action="/nl" method="post"><label for="nl%d">Newsletter</label> <input type="email" id="nl%d" name="email" placeholder="name@domain"><button type="submit">%s</button></form>'%(c('newsletter'),r.randint(1,9),r.randint(1,9),t['ok'])
    def srch():
        return '<div class="%s"><form action="/search" role="search"><input type="search" name="q" aria-label="%s"><button>%s</button></form></div>'%(c('searchbar'),t['search'],t['search'])
    def cookie():
        return '<div class="%s" id="ck-%x" role="dialog" aria-live="polite"><p>%s <a href="/privacy">%s</a></p><button type="button" onclick="this.parentNode.remove()">%s</button></div>'%(c('cookie'),r.getrandbits(16),t['cookie'],t['privacy'],t['ok'])
    def langs():
        ls=r.sample(['en','de','fr','es','it','pl','nl','sv'],r.randint(2,4)); return '<ul class="%s">%s</ul>'%(c('langs'),''.join('<li><a hreflang="%s" href="/%s/">%s</a></li>'%(l,l,l.upper()) for l in ls))
    def share():
        return '<div class="%s"><span>%s</span> %s</div>'%(c('share'),t['share'],''.join('<button type="button" data-share="%s">%s</button>'%(x,x) for x in r.sample(['mail','link','print','x','whatsapp'],r.randint(2,4))))
    def top():
        return '<a href="#" class="%s" title="%s">&uarr;</a>'%(c('totop'),t['top'])
    def rel():
        ps=r.sample(nav,min(len(nav),r.randint(2,4))); return '<section class="%s"><h2>%s</h2>%s</section>'%(c('teasers'),t['news'],''.join('<article class="%s"><img data-src="/media/%x.webp" alt="" width="320" height="200"><h3><a href="/%s/%d">%s</a></h3><a href="/%s/%d">%s</a></article>'%(c('teaser'),r.getrandbits(32),'n',r.randint(1,99),p,'n',r.randint(1,99),t['more']) for p in ps))
    ft=[f() for f in r.sample([social,cols,newsl,langs,top,cookie],r.randint(1,4))]
    bt=[f() for f in r.sample([share,rel,srch,social],r.choice([0,0,1,1,2]))]
    at=[f() for f in r.sample([langs,srch],r.choice([0,0,0,1]))]
    return ''.join(at),''.join(bt),''.join(ft)
def crit(h,r,shell):
    if shell in('amp','mail','stack') : return h
    old=shell in('html32','tables','vbul')
    if old:
        if r.random()<.5:
            sc='<script language="JavaScript">\n<!--\nfunction MM_swapImage(n,s){var o=document.images[n];if(o){o.src=s;}}\nfunction MM_openBrWindow(u,w,f){window.open(u,w,f);}\nvar msg="%s";var pos=0;\nfunction scrollit(){window.status=msg.substring(pos,msg.length);pos++;if(pos>msg.length)pos=0;setTimeout("scrollit()",%d);}\n//-->\n</script>\n'%(r.choice(['Welcome','...','* * *','   ']),r.randint(90,300))
            return re.sub(r'(?i)(</head>)',lambda m:sc+m.group(1),h,count=1)
        return h
    cl=sorted(set(c for m in re.findall(r'class=["\']([^"\']+)',h) for c in m.split() if re.fullmatch(r'[A-Za-z_][\w-]*',c)))
    n=r.choice([0,8,15,30,60,110,160]); k2=r.randint(1,2)
    if len(h)<2200: n=max(n,12)
    r.shuffle(cl); props=['display:flex;align-items:center','margin:0 auto;max-width:%dpx'%r.randint(600,1400),'padding:%dpx %dpx'%(r.randint(2,40),r.randint(4,60)),'color:#%06x'%r.getrandbits(24),'font-size:%.2frem;line-height:1.%d'%(r.uniform(.8,2.5),r.randint(1,8)),'background:#%06x'%r.getrandbits(24),'border:1px solid rgba(0,0,0,.%d)'%r.randint(1,4),'position:relative;z-index:%d'%r.randint(1,99),'grid-template-columns:repeat(%d,1fr);gap:%dpx'%(r.randint(2,5),r.randint(4,30)),'text-decoration:none;transition:color .%ds ease'%r.randint(1,5),'list-style:none;padding-left:0','width:100%;height:auto','opacity:.%d'%r.randint(4,9),'text-transform:uppercase;letter-spacing:.%dem'%r.randint(1,9),'border-radius:%dpx;overflow:hidden'%r.randint(2,24)]
    rules=[]
    for c in (cl*3)[:n]:
        x='.'+c+r.choice(['','',':hover',' a',' li','>*','::after'])+'{'+';'.join(r.sample(props,r.randint(1,3)))+'}'
        if r.random()<.15: x='@media (min-width:%dpx){%s}'%(r.choice([576,768,992,1200]),x)
        rules.append(x)
    if not rules: return h
    if r.random()<.12:
        import base64; rules.append('@font-face{font-family:"%s";font-display:swap;src:url(data:font/woff2;base64,%s) format("woff2")}'%(r.choice(['Icons','Inter var','UI']),base64.b64encode(r.randbytes(r.randint(4000,9000))).decode()))
    st='<style%s>%s</style>'%(r.choice(['',' id="critical"',' data-href="inline"',' type="text/css"']),r.choice(['','\n']).join(rules))
    js=['<script>document.documentElement.classList.remove("no-js");document.addEventListener("DOMContentLoaded",function(){var l=[].slice.call(document.querySelectorAll("img[data-src]"));if("IntersectionObserver" in window){var o=new IntersectionObserver(function(e){e.forEach(function(x){if(x.isIntersecting){x.target.src=x.target.dataset.src;o.unobserve(x.target)}})});l.forEach(function(i){o.observe(i)})}});</script>','<script async src="/js/stats.js" data-site="%x"></script>'%r.getrandbits(32),'<script>window._paq=window._paq||[];_paq.push(["trackPageView"]);_paq.push(["enableLinkTracking"]);(function(){var u="//stats.%s/";_paq.push(["setTrackerUrl",u+"m.php"]);_paq.push(["setSiteId","%d"])})();</script>'%('analytics.example',r.randint(1,99)),'']
    st+=r.choice(js)
    return re.sub(r'(</head>|<header>)',lambda m:st+m.group(1),h,count=1)
def slug(s): return re.sub(r'\W+','-',s.lower()).strip('-') or 'p'
def P(kind,url,label,brands,flag,shell,lang,title,site,body,nav=None,enc='utf-8',upper=False,breakp=0,minify=False,raw=False,**kw):
    for k,(pre,post) in X.items():
        if k in url and not raw:
            used.add(k); body=pre+body+'\n'+post
    if raw:
        for k,(an,ht) in R.items():
            if k in url: assert an in body,k; used.add(k); body=body.replace(an,ht+an,1)
    for k,o in O.items():
        if k in url: enc=o.get('enc',enc); upper=o.get('upper',upper); breakp=o.get('breakp',breakp); minify=o.get('minify',minify); unq=o.get('unq',0); inl=o.get('inl',0); break
    else: unq=inl=0
    i=len(pages); n=order[i]; r=random.Random(zlib.crc32((url+str(n)).encode()))
    nav=(nav or '|'.join(L[lang][k] for k in('home','about','news','contact'))).split('|')
    host=url.split('/')[2]; base=url.split('/')[0]+'//'+host
    ctx=dict(lang=lang,title=title,site=site,body=body.strip('\n'),host=host,base=base,url=url,head='',foot='',side='',svg='',announce='',desc=kw.get('desc') or re.sub(r'<[^>]+>','',title)+' – '+site,charset=enc,tagline='',date='2026-0%d-1%d'%(r.randint(1,9),r.randint(0,9)),year='2026')
    ctx.update(kw)
    modern=not raw and shell not in('minimal','html32','tables','vbul','mail','phpbb','discourse','mediawiki','doku','sphinx','stack')
    if modern:
        a_,b_,f_=mods(lang,r,nav,site); ctx['announce']=ctx['announce']+a_; ctx['body']+='\n'+b_; ctx['foot']=(ctx['foot']+f_) if r.random()<.6 else (f_+ctx['foot'])
    if raw: h=body.strip('\n')
    else:
        h=S[shell]
        prev=None
        while prev!=h:
            prev=h
            h=re.sub(r'<<\?((?:(?!<<\?).)*?)\?>>',lambda m:m.group(1) if r.random()<.6 else '',h,flags=re.S)
        def navr(m):
            return ''.join(m.group(1).replace('%u','/' if j==0 and r.random()<.7 else '/'+slug(t)+r.choice(['','/','.html'])).replace('%t',t).replace('%i',str(r.randint(10,999))) for j,t in enumerate(nav))
        h=re.sub(r'\[\[nav:(.*?)\]\]',navr,h,flags=re.S)
        def sub(m):
            k=m.group(1)
            if k.startswith('t.'): return L[lang][k[2:]]
            if re.fullmatch(r'h\d+',k): return '%0*x'%(int(k[1:]),r.getrandbits(4*int(k[1:])))
            if re.fullmatch(r'n\d+',k): return str(r.randint(10**(int(k[1:])-1),10**int(k[1:])-1))
            if k.startswith('pick:'): return r.choice(k[5:].split('~'))
            return str(ctx[k])
        for _ in range(2): h=re.sub(r'\[\[([a-z0-9.]+|pick:[^\]]*)\]\]',sub,h)
    if not raw and not kw.get('nocss'): h=crit(h,r,shell)
    if shell in('next','nuxt') and not raw:
        txt=re.sub(r'\s+',' ',re.sub(r'<[^>]+>',' ',body)).strip()
        if r.random()<.7:
            if shell=='next': h=h.replace('"pageProps":{}','"pageProps":'+json.dumps({'locale':lang,'title':title,'blocks':[{'type':'html','value':txt[j:j+400]} for j in range(0,len(txt),400)]},ensure_ascii=False))
            else: h=h.replace('["ShallowReactive",3],{}','["ShallowReactive",3],'+json.dumps({'page':txt},ensure_ascii=False))
    if unq: h=re.sub(r'(?<=[\w])="([\w-]+)"(?=[ >])',r'=\1',h)
    if inl:
        sty=['margin:0 0 1em','font-size:14px;line-height:1.6','color:#333','text-align:left;font-family:Arial,sans-serif','mso-line-height-rule:exactly;margin:0']
        h=re.sub(r'<(p|li|td|h2|h3)>',lambda m:'<%s style="%s">'%(m.group(1),r.choice(sty)),h)
    if minify: h=re.sub(r'\s*\n\s*',' ',h); h=re.sub(r'> <','><',h)
    if breakp:
        c=[m for m in re.finditer(r'</(p|li|td|div|span|a|b|strong|tr)>',h)]
        for m in sorted(r.sample(c,min(breakp,len(c))),key=lambda m:-m.start()): h=h[:m.start()]+h[m.end():]
    if upper: h=re.sub(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)',lambda m:'<'+m.group(1)+m.group(2).upper(),h)
    data=h.encode(enc,'xmlcharrefreplace')
    open(f'{OUT}/{n:03d}.html','wb').write(data)
    pages.append((f'{n:03d}.html',url,label,brands,flag,kind,lang,shell,len(data)))
    bl=[x for x in brands.split(',') if x]
    assert (label=='none')==(not bl),url
    ids='visa mastercard american-express discover jcb diners-club unionpay maestro paypal alipay apple-pay google-pay western-union worldremit xoom citi anz nab westpac commonwealth-bank standard-chartered'.split()
    assert all(b in ids for b in bl),brands
    assert label in 'acceptance logo impersonation asset lookalike-host mention none'.split() and flag in('yes','no')
def done():
    with open(OUT+'/labels.tsv','w',encoding='utf-8') as f:
        f.write('path\turl\tlabel\tbrands\tflagged\n')
        for p in sorted(pages): f.write('\t'.join(p[:5])+'\n')
