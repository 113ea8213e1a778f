"""What does not follow from the setting that changed stays as it was, and is right all the same."""

from __future__ import annotations

import json
import subprocess

from _ext.live.spared import spared
from _ext.shared.npm import node

MAKE = """()=>{const sq=x=>x*x;
const $1=new Float64Array(2),
$2=new Float64Array(1),
$3=new Float64Array(2),
$4=new Float64Array(2);
for(let i0=0;i0<2;i0++){$1[i0]=i0+1}
return(s_a,s_b)=>{
{$2[0]=sq(s_a[0])}
for(let i0=0;i0<2;i0++){$3[i0]=($1[i0]*s_b[i0])}
{$4[0]=$2[0]}
{$4[1]=$2[0]+$3[1]}
return[$2,$3,$4]}}"""
CALLS = [([2], [1, 1]), ([2], [5, 6]), ([3], [5, 6]), ([3], [5, 6]), ([0], [7, 7])]


def results(make: str) -> object:
    script = f"const run=({make})();console.log(JSON.stringify({json.dumps(CALLS)}.map(args=>"
    script += "run(...args).map(one=>[...one]))))"
    done = subprocess.run([node(), "-e", script], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_numbers_are_the_same() -> None:
    assert spared(MAKE) != MAKE
    assert results(spared(MAKE)) == results(MAKE)


def test_a_line_asks_for_its_own_settings() -> None:
    made = spared(MAKE)
    assert "if(n_a){\n{$2[0]=sq(s_a[0])}\n}" in made
    assert "if(n_b){\nfor(" in made
    # An array of two lines is made by both of them, or by neither.
    assert "}\n{$4[0]=$2[0]}\n{$4[1]=$2[0]+$3[1]}\nreturn[" in made


def test_one_setting_alone_spares_nothing() -> None:
    alone = MAKE.replace("s_b[i0]", "s_a[0]").replace("s_a,s_b", "s_a")
    assert spared(alone) == alone


def test_a_function_in_another_form_is_left_alone() -> None:
    half_made = MAKE.replace("{$4[1]", "{$3[0]=$4[0]}\n{$4[1]")
    changed_later = MAKE.replace("{$4[0]=$2[0]}", "{$1[0]+=s_a[0]}")
    for make in (half_made, changed_later, "()=>(s_a)=>[s_a]"):
        assert spared(make) == make
