#!/usr/bin/env bash
# The one step of the action: checks, keeps the SARIF report, and shows the rest in the summary of the job.
# MPCERT names the program where it is there already.
set -uo pipefail

read -r -a program <<<"${MPCERT:-npx --yes mpcert@${INPUT_VERSION:-latest}}"
read -r -d '' -a targets <<<"${INPUT_TARGETS:-}"
more=()
while IFS= read -r line; do
  [[ -n $line ]] && more+=("$line")
done <<<"${INPUT_ARGUMENTS:-}"
[[ -n ${INPUT_LIST:-} ]] && more+=(--list "$INPUT_LIST")
sarif=${INPUT_SARIF:-mpcert.sarif}

# Bash 3.2, which macOS has, calls an empty array unset.
"${program[@]}" check ${targets[@]+"${targets[@]}"} ${more[@]+"${more[@]}"} -o "sarif=$sarif" -o "markdown=$sarif.md"
code=$?

{
  echo "exit-code=$code"
  echo "sarif=$sarif"
} >>"$GITHUB_OUTPUT"
if [[ -f $sarif.md ]]; then
  cat "$sarif.md" >>"$GITHUB_STEP_SUMMARY"
  rm "$sarif.md"
fi
exit "$code"
