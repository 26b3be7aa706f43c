/**
 * The scripts that make a shell ask `hydra-sdk __complete` what may follow. They hold no command and no flag, so that they
 * stay right when the package is updated.
 */
export const COMPLETION_SCRIPTS = {
  // Bash splits words at = and :, so it gives the line, and takes what follows the last of them.
  bash: `# hydra-sdk completion for bash: eval "$(hydra-sdk completion bash)"
_hydra_sdk() {
  local line="\${COMP_LINE:0:COMP_POINT}" current word=""
  current="\${line##*[[:space:]]}"
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    if [[ $word == :files ]]; then
      compopt -o default 2>/dev/null
      return
    fi
    COMPREPLY+=("\${word#"\${current%"\${current##*[=:]}"}"}")
  done < <(hydra-sdk __complete --line "$line" 2>/dev/null)
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -F _hydra_sdk hydra-sdk
`,
  zsh: `#compdef hydra-sdk
# hydra-sdk completion for zsh: source <(hydra-sdk completion zsh)
_hydra_sdk() {
  local word meaning
  local -a found shown
  while IFS=$'\\t' read -r word meaning; do
    if [[ $word == :files ]]; then
      _files
      return
    fi
    found+=("$word")
    shown+=("$word\${meaning:+  -- $meaning}")
  done < <(hydra-sdk __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  compadd -l -d shown -a found
}
if ! (( $+functions[compdef] )); then
  autoload -Uz compinit
  compinit
fi
compdef _hydra_sdk hydra-sdk
`,
  fish: `# hydra-sdk completion for fish: hydra-sdk completion fish | source
function __hydra_sdk_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (hydra-sdk __complete $words[2..-1] 2>/dev/null)
  if test "$found" = :files
    __fish_complete_path (commandline -ct)
  else if test (count $found) -gt 0
    printf '%s\\n' $found
  end
end
complete -c hydra-sdk -f -a '(__hydra_sdk_complete)'
`,
  powershell: `# hydra-sdk completion for PowerShell: hydra-sdk completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName hydra-sdk -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $line = $commandAst.ToString().PadRight($cursorPosition).Substring(0, $cursorPosition)
  hydra-sdk __complete --line $line 2>$null | Where-Object { $_ -ne ':files' } | ForEach-Object {
    $word, $meaning = $_ -split "\`t", 2
    if (-not $meaning) { $meaning = $word }
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $meaning)
  }
}
`,
} as const;

export type Shell = keyof typeof COMPLETION_SCRIPTS;
export const SHELLS = Object.keys(COMPLETION_SCRIPTS) as Shell[];
