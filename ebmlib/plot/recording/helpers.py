"""Short functions that written programs may call; each is written only where it is called."""

import re

HELPERS = {
    "f32": "const f32=Math.fround;",
    "sq": "const sq=x=>x*x;",
    "sign": "const sign=x=>(x>0)-(x<0);",
    "isnan": "const isnan=x=>x!=x?1:0;",
    "isinf": "const isinf=x=>x==Infinity||x==-Infinity?1:0;",
    "even": "const even=x=>{const r=Math.round(x);return Math.abs(x%1)==.5&&r%2?r-1:r};",
    "mod": "const mod=(a,b)=>{const r=a%b;return r&&r<0!=b<0?r+b:r};",
    "below": (  # torch's own floor division: a quotient that rounds up to a whole one is mended
        "const below=(a,b)=>{if(!b)return a/b;const m=a%b;let d=(a-m)/b;"
        "if(m&&b<0!=m<0)d--;const f=Math.floor(d);return d-f>.5?f+1:f};"
    ),
    "sigmoid": "const sigmoid=x=>1/(1+Math.exp(-x));",
    "lae": "const lae=(x,y)=>x==y?x+Math.LN2:Math.max(x,y)+Math.log1p(Math.exp(-Math.abs(x-y)));",
    "xlogy": "const xlogy=(x,y)=>x==0&&y==y?0:x*Math.log(y);",
    "erf": (  # exp(-x^2) times a series of positive terms
        "const erf=x=>{const t=Math.abs(x);let s=t,k=t;if(t>6)return Math.sign(x);"
        "for(let n=1;k>1e-17*s;n++){k*=2*t*t/(2*n+1);s+=k}"
        "return Math.sign(x)*s*Math.exp(-t*t)*2/Math.sqrt(Math.PI)};"
    ),
    "wrap": "const wrap=(i,n)=>i<0?i+n:i;",
    "rank": "const rank=(a,b)=>a!=a?b!=b?0:1:b!=b?-1:a-b;",  # NaN stands behind all others
    "ruler": (
        "const ruler=(a,b,n)=>{const s=(b-a)/(n-1);"
        "return Float64Array.from({length:n},(_,i)=>i<(n>>1)?a+s*i:b-s*(n-1-i))};"
    ),
}
_CALLED = re.compile(r"\b(\w+)\b")


def used(text: str) -> str:
    """The helpers that a text names."""
    named = set(_CALLED.findall(text))
    return "".join(code for name, code in HELPERS.items() if name in named)
