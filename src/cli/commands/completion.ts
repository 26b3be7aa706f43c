import { type Command, command } from "../command.ts";
import { COMPLETION_SCRIPTS, SHELLS, type Shell } from "../completion-scripts.ts";

export const completion: Command = command({
  verb: "completion",
  summary: "Print the script that completes commands in a shell",
  details: "The script asks this program what may follow, so that it stays right after an update.",
  examples: [
    [`eval "$(hydra-sdk completion bash)"`, "bash: in ~/.bashrc"],
    ["source <(hydra-sdk completion zsh)", "zsh: in ~/.zshrc"],
    ["hydra-sdk completion fish > ~/.config/fish/completions/hydra-sdk.fish", "fish"],
    ["hydra-sdk completion powershell | Out-String | Invoke-Expression", "PowerShell: in $PROFILE"],
  ],
  arguments: [{ name: "SHELL", description: `the shell: ${SHELLS.join(", ")}`, values: SHELLS }],
  remote: false,
  async run({ args, io }) {
    await io.stdout.write(COMPLETION_SCRIPTS[args[0] as Shell]);
  },
});
