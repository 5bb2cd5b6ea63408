# Completion of heyan and heyan-verify for bash. Commands and options are those that the program itself lists.
_heyan() {
  local commands=() word words
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -* | *[!a-z-]*) break ;; esac
    commands+=("$word")
  done
  words=$("${COMP_WORDS[0]}" "${commands[@]}" --help 2>/dev/null | awk '
    /^[A-Za-z]/ { listed = /^Subcommands:/ }
    listed && /^  [a-z]/ { print $1 }
    /^ +-/ && match($0, /--[a-z][a-z-]*/) { print substr($0, RSTART, RLENGTH) }')
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
  [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -o filenames -F _heyan heyan heyan-verify
