"""``completion``: what a shell needs to complete commands, leaflets and options.

The scripts complete ``python build.py …`` where ``build.py`` is the second word, and
leave every other use of Python to the shell.
"""

from typing import Final

from layout.cli.arguments import COMMANDS, OUTPUTS, STAGES, TEMPLATES, option_names

SHELLS: Final = ("bash", "zsh", "fish", "powershell")

_CHOICES: Final = {
    "--only": OUTPUTS,
    "--stage": STAGES,
    "--template": TEMPLATES,
    "--lang": ("ja", "en"),
}

_BASH: Final = """\
# bira: bash  (eval "$(python build.py completion bash)")
_bira() {{
    local here=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words
    if [[ ${{COMP_WORDS[1]##*/}} != build.py ]]; then
        COMPREPLY=($(compgen -f -- "$here")); return
    fi
    case $before in
{cases}
        *) words="{commands} {options} $(cd "$(dirname "${{COMP_WORDS[1]}}")" 2>/dev/null &&
            ls leaflets/*/leaflet.yaml 2>/dev/null | cut -d/ -f2)" ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$here"))
}}
complete -o default -F _bira python python3
"""
_ZSH: Final = """\
# bira: zsh  (eval "$(python build.py completion zsh)")
autoload -Uz bashcompinit && bashcompinit
{bash}"""
_FISH: Final = """\
# bira: fish  (python build.py completion fish | source)
function __bira
    set -l typed (commandline -opc)
    test (count $typed) -ge 2; and string match -q '*build.py' -- $typed[2]
end
function __bira_leaflets
    for file in leaflets/*/leaflet.yaml
        string split / -- $file | sed -n 2p
    end
end
for program in python python3
    complete -c $program -n __bira -f -a '{commands} (__bira_leaflets)'
{lines}
end
"""
_POWERSHELL: Final = """\
# bira: PowerShell  (python build.py completion powershell | Out-String | Invoke-Expression)
Register-ArgumentCompleter -Native -CommandName python, python3, py -ScriptBlock {{
    param($here, $typed, $cursor)
    $words = $typed.CommandElements | ForEach-Object {{ $_.ToString() }}
    if ($words.Count -lt 2 -or $words[1] -notlike '*build.py') {{ return }}
    $before = $words[-1]
    if ($here -ne '') {{ $before = $words[-2] }}
    $known = switch ($before) {{
{cases}
        default {{
            @({all}) + @(Get-ChildItem leaflets/*/leaflet.yaml -ErrorAction SilentlyContinue |
                ForEach-Object {{ $_.Directory.Name }})
        }}
    }}
    $known | Where-Object {{ $_ -like "$here*" }}
}}
"""


def script(shell: str) -> str:
    """The script for a shell of ``SHELLS``."""
    options = " ".join(option_names())
    commands = " ".join(COMMANDS)
    if shell == "fish":
        lines = "\n".join(_fish_line(name) for name in option_names())
        return _FISH.format(commands=commands, lines=lines)
    if shell == "powershell":
        cases = "\n".join(
            f"        '{option}' {{ {_quoted(known)} }}" for option, known in _CHOICES.items()
        )
        return _POWERSHELL.format(cases=cases, all=_quoted((*COMMANDS, *option_names())))
    cases = "\n".join(
        f'        {option}) words="{" ".join(known)}" ;;' for option, known in _CHOICES.items()
    )
    bash = _BASH.format(cases=cases, commands=commands, options=options)
    return bash if shell == "bash" else _ZSH.format(bash=bash)


def _fish_line(option: str) -> str:
    known = _CHOICES.get(option)
    choices = f" -x -a '{' '.join(known)}'" if known else ""
    return f"    complete -c $program -n __bira -l {option[2:]}{choices}"


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
