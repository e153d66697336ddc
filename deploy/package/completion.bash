# Completion of optfm's commands for bash: the program itself knows them.
_optfm() {
    local IFS=$'\n'
    mapfile -t COMPREPLY < <(compgen -W "$(/usr/lib/optfm/optfm "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _optfm optfm
