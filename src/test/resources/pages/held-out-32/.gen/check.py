import csv,re,html
W={'visa':r'visa|비자','mastercard':r'master ?card|\bmc\b','american-express':r'american ?express|amex|アメリカンエキスプレス','discover':r'discover','jcb':r'jcb','diners-club':r'diners|ダイナース','unionpay':r'union ?pay|银联|유니온','maestro':r'maestro','paypal':r'paypal','alipay':r'alipay|支付宝|알리페이','apple-pay':r'apple.?pay','google-pay':r'google.?pay','western-union':r'western.?union','worldremit':r'worldremit','xoom':r'xoom','citi':r'\bciti\b','anz':r'\banz\b','nab':r'\bnab\b','westpac':r'westpac','commonwealth-bank':r'commonwealth bank|commbank','standard-chartered':r'standard chartered'}
for r in csv.DictReader(open('labels.tsv',encoding='utf-8'),delimiter='\t',quoting=csv.QUOTE_NONE):
    d=open(r['path'],'rb').read(); m=re.search(rb'charset=["\']?\s*([\w-]+)',d,re.I); t=html.unescape(d.decode(m.group(1).decode() if m else 'utf-8'))
    t=re.sub(r'base64,[A-Za-z0-9+/=]+','',t)
    body=t+' '+r['url']
    f={b for b,w in W.items() if re.search(w,body,re.I)}; l=set(x for x in r['brands'].split(',') if x)
    if f!=l: print(r['path'],r['label'],r['url'][:50],'found-not-labelled',sorted(f-l),'labelled-not-found',sorted(l-f))
