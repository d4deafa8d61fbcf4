"""Compares answers by value with math-verify (PyPI: math-verify[antlr4_9_3]) on some 2,000 generated pairs, and on those of
the files given; prints the agreement and every disagreement as (pair, ours, theirs).

    swift build --build-tests && python3 Tests/VocabularyTests/Python/math_verify_agreement.py [FILE ...]
"""
import json, logging, os, random, subprocess, sys, tempfile
from fractions import Fraction

logging.disable(logging.CRITICAL)
from math_verify import parse, verify
R=random.Random(7)
pairs=set()
def num():
    k=R.randrange(12)
    n=R.randint(-2000,20000)
    if k==0: return str(n)
    if k==1: return f"{n:,}"
    if k==2: return f"{n}.{R.randint(0,99):02d}"
    if k==3: return f"\\frac{{{R.randint(1,30)}}}{{{R.randint(2,12)}}}"
    if k==4: return f"{R.randint(1,30)}/{R.randint(2,12)}"
    if k==5: return f"\\dfrac{{{R.randint(1,9)}}}{{{R.randint(2,9)}}}"
    if k==6: return f"{R.randint(1,9)}\\sqrt{{{R.choice([2,3,5,7,12,18,50])}}}"
    if k==7: return f"\\frac{{\\sqrt{{{R.choice([2,3,5])}}}}}{{{R.randint(2,6)}}}"
    if k==8: return f"{R.randint(1,99)}\\%"
    if k==9: return f"\\frac{R.randint(1,9)}{R.randint(2,9)}"
    if k==10: return f"{R.randint(2,9)}\\pi"
    return f"{R.randint(1,9)}^{R.randint(2,5)}"
def poly():
    a,b,c=[R.randint(-5,9) for _ in range(3)]
    return R.choice([f"{a}x+{b}",f"{b}+{a}x",f"x^2+{abs(a)}x+{abs(b)}",f"(x+{abs(a)})(x+{abs(b)})",f"{abs(a)+1}x^2-{abs(b)}"])
def val():
    k=R.randrange(10)
    if k<5: return num()
    if k==5: return f"({num()}, {num()})"
    if k==6: return f"{R.randint(1,9)}, {R.randint(1,9)}, {R.randint(1,9)}"
    if k==7: return poly()
    if k==8: return f"[{R.randint(0,4)}, {R.randint(5,9)})"
    return f"\\{{{R.randint(1,5)}, {R.randint(6,9)}\\}}"
def spell(v):
    """another spelling of the same value, by layout only"""
    k=R.randrange(6)
    s=v
    if k==0: s=s.replace("\\frac","\\dfrac")
    if k==1: s=s.replace(", ",",")
    if k==2: s=s.replace("(","\\left(").replace(")","\\right)") if s.startswith("(") else s
    if k==3: s=s.replace(",","{,}") if s.replace(",","").lstrip("-").isdigit() else s
    if k==4 and s.lstrip("-").isdigit(): s=s+".0"
    return s
while len(pairs)<1400:
    v=val(); 
    pairs.add((v, spell(v) if R.random()<.6 else val()))
# same value by arithmetic
while len(pairs)<1900:
    n,d=R.randint(1,40),R.choice([1,2,4,5,8,10,20,25])
    f=Fraction(n,d)
    forms=[f"{n}/{d}",f"\\frac{{{n}}}{{{d}}}",str(float(f)) ,f"\\frac{{{2*n}}}{{{2*d}}}"]
    a,b=R.sample(forms,2)
    if R.random()<.3: b=f"\\frac{{{n+1}}}{{{d}}}"
    pairs.add((a,b))
# Answers as they were collected, one object a line with "line" and "reference".
for name in sys.argv[1:]:
    for l in open(name):
        d = json.loads(l)
        a = d["line"].replace("####", "").replace("*", "").strip()
        if a: pairs.add((a, d["reference"]))
for a,b in [("x=5","5"),("1,2","2,1"),("\\frac{1}{\\sqrt2}","\\frac{\\sqrt2}{2}"),("\\text{A}","A"),("90^\\circ","90"),("10{,}000","10000"),("2x+1","1+2x"),("\\sin x","\\sin(x)"),("e^{2x}","e^{x}e^{x}"),("\\ln 4","2\\ln 2"),("\\frac{x}{2}","0.5x"),("\\infty","\\infty"),("(-\\infty,3)","(-\\infty, 3)"),("[0,1]\\cup[2,3]","[2,3]\\cup[0,1]"),("x>5","5<x"),("\\begin{pmatrix}1\\\\2\\end{pmatrix}","\\begin{pmatrix}1\\\\2\\end{pmatrix}"),("2^{10}","1024"),("\\sqrt[3]{27}","3"),("|x-1|","|1-x|"),("\\pm 2","2,-2"),("5!","120"),("\\binom{5}{2}","10")]: pairs.add((a,b))
pairs = sorted(pairs)
with tempfile.TemporaryDirectory() as folder:
    given, said = os.path.join(folder, "pairs"), os.path.join(folder, "verdicts")
    open(given, "w").write("".join(f"{a}\t{b}\n" for a, b in pairs))
    subprocess.run(
        ["swift", "test", "--skip-build", "--filter", "AnswerPairTests"], check=True, stdout=subprocess.DEVNULL,
        env={**os.environ, "ETASCOPE_ANSWER_PAIRS": given, "ETASCOPE_ANSWER_VERDICTS": said})
    ours = dict(zip(pairs, (int(line) for line in open(said))))
agree=0; dis=[]
def mv(a,b):
    try:
        pa,pb=parse(f"${a}$",parsing_timeout=None),parse(f"${b}$",parsing_timeout=None)
        return bool(verify(pb,pa,timeout_seconds=None)) or bool(verify(pa,pb,timeout_seconds=None))
    except Exception as e: return None
for p in pairs:
    m=mv(*p); o=ours.get(p)
    if m is not None and (o==1)==m: agree+=1
    else: dis.append((p,o,m))
print("agree",agree,"of",len(pairs))
for d in dis: print(d)
