import lib,glob
for b in sorted(glob.glob('b*.py')): exec(open(b).read())
for p in sorted(lib.pages,key=lambda p:p[8]):
    if not any(k in p[1] for k in lib.X): print(p[0],p[8],p[7],p[6],p[1][:60])
