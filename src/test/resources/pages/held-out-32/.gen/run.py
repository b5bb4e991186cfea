import sys,glob,lib
for b in sorted(glob.glob('b*.py')): exec(open(b,encoding='utf-8').read())
lib.done()
import collections
print(len(lib.pages),collections.Counter(p[5] for p in lib.pages),collections.Counter((p[2],p[4]) for p in lib.pages),collections.Counter(p[6] for p in lib.pages))
print('sizes',min(p[8] for p in lib.pages),max(p[8] for p in lib.pages)); print([ (p[0],p[7],p[8]) for p in lib.pages if p[8]<2000])
print(collections.Counter(p[7] for p in lib.pages))
print('unused X',[k for k in lib.X if k not in lib.used])
sz=sorted(p[8] for p in lib.pages); print('quantiles',[sz[i*len(sz)//10] for i in range(10)],sz[-1])
import re,difflib
sk={}
for p in lib.pages:
    d=open(lib.OUT+'/'+p[0],'rb').read().decode('latin-1')
    sk[p[0]]=(p[7],[m.group(1).lower() for m in re.finditer(r'<([a-zA-Z][\w-]*)',d)])
seen={}
for f,(s,t) in sk.items():
    k=' '.join(t)
    if k in seen: print('dup skel',f,seen[k])
    seen[k]=f
by={}
for f,(s,t) in sk.items(): by.setdefault(s,[]).append((f,t))
hi=[]
for s,l in by.items():
    for i in range(len(l)):
        for j in range(i):
            r=difflib.SequenceMatcher(None,l[i][1],l[j][1],autojunk=False).ratio()
            if r>.88: hi.append((round(r,2),s,l[i][0],l[j][0]))
print('similar',sorted(hi)[-12:])
