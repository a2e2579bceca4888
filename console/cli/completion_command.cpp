#include "console/cli/commands.h"
#include "libfacetrack/client/known_agents.h"
#include "libfacetrack/config/schema.h"

#include <cstdio>

namespace facetrack::cli {

namespace {

// Without the helpers of the package bash-completion, which may not be there.
constexpr const char *bashScript = R"bash(# facetrack completion for bash:  source <(facetrack completion bash)
_facetrack() {
    [[ -n ${ZSH_VERSION-} ]] && emulate -L sh # arrays from 0, words split: as in bash
    local line=${COMP_LINE:0:$COMP_POINT}
    local commands="list status get set reset undo preset clone snapshot watch identify pair forget report simulate provision completion"
    local options="--agents --json --timeout --known-agents --help"
    local command= sub= i=0 w= previous=
    COMPREPLY=()
    # bash takes KEY=VALUE and A:B apart at = and :, so words are counted by spaces.
    local -a parts
    parts=($line)
    [[ $line == *" " ]] && parts+=("")
    local count=${#parts[@]}
    local current=${parts[count-1]}
    [[ $count -ge 2 ]] && previous=${parts[count-2]}
    for ((i = 1; i < count - 1; i++)); do
        w=${parts[i]}
        case $w in
        -a | --agents | --timeout | --known-agents | -o | --output | --width | --token-file | --fingerprint | --event | --from | --days | --total | --profile | --tz | --hours | --rate | --seed | --outages | --late | --duplicates | --journal | --out | --url | --user | --password-file | --ca-file | --schema | --truth | --boot | --hostname | --ssh-key | --timezone | --wifi-ssid | --wifi-password-file | --wifi-country | --form | --packages | --packages-key | --with-package | --agent-name | --role | --relay | --set | --ssh-config | --accept-host-key | --agent-port | --wait) ((i++)) ;;
        -*) ;;
        *) if [[ -z $command ]]; then command=$w; elif [[ -z $sub ]]; then sub=$w; fi ;;
        esac
    done
    local choices= suffix=
    case $previous in
    -a | --agents)
        local IFS=$'\n' before= name=
        [[ $current == *,* ]] && before=${current%,*},
        for name in all $(facetrack __complete agents 2>/dev/null); do
            [[ $name == "${current##*,}"* ]] && COMPREPLY+=("$before$(printf %q "$name")")
        done
        compopt -o nospace 2>/dev/null
        return ;;
    -o | --output | --token-file | --known-agents | --journal | --password-file | --truth | --boot | --ssh-key | --wifi-password-file | --packages | --packages-key | --ssh-config) COMPREPLY=($(compgen -f -- "$current")); return ;;
    --form) choices="auto cloud-init custom-toml" ;;
    --set) choices=$(facetrack __complete keys 2>/dev/null); suffix== ;;
    --event) choices="status tuning in_effect persisted source upload warning calibration agent" ;;
    *)
        case $command in
        "") choices="$commands $options" ;;
        get | reset) choices=$(facetrack __complete keys 2>/dev/null) ;;
        set) choices=$(facetrack __complete keys 2>/dev/null); suffix== ;;
        preset) [[ -z $sub ]] && choices="list save apply delete" ;;
        completion) choices="bash zsh" ;;
        clone | forget | identify)
            local IFS=$'\n' name extra=
            [[ $command == clone && -n $sub ]] && extra=all
            for name in $extra $(facetrack __complete agents 2>/dev/null); do
                [[ $name == "$current"* ]] && COMPREPLY+=("$(printf %q "$name")")
            done
            return ;;
        esac ;;
    esac
    if [[ $current == -* ]]; then
        choices=$options
        case $command in
        list) choices+=" --known" ;;
        get) choices+=" --changed" ;;
        snapshot) choices+=" --output --width --no-boxes" ;;
        watch) choices+=" --event" ;;
        pair) choices+=" --token-file --fingerprint" ;;
        report) choices+=" --days --hours --tz --out --journal --url --user --password-file --token-file --ca-file --schema" ;;
        simulate) choices+=" --from --days --total --profile --tz --hours --rate --seed --outages --late --duplicates --journal --url --user --password-file --token-file --ca-file --schema --truth" ;;
        provision) choices+=" --boot --ssh --hostname --ssh-key --user --timezone --wifi-ssid --wifi-password-file --wifi-country --wifi-hidden --wifi-open --form --packages --packages-key --packages-unsigned --with-package --agent-name --role --relay --relay-ca --token-file --set --dry-run --yes --ssh-config --accept-host-key --agent-port --wait" ;;
        esac
        suffix=
    elif [[ $suffix == "=" && $current == *=* ]]; then
        return
    fi
    COMPREPLY=($(compgen -W "$choices" -S "$suffix" -- "$current"))
    [[ $suffix == "=" ]] && compopt -o nospace 2>/dev/null
    return 0
}
if [[ -n ${ZSH_VERSION-} ]]; then
    complete -o nospace -F _facetrack facetrack # it has no compopt
else
    complete -F _facetrack facetrack
fi
)bash";

} // namespace

int completionCommand(const std::string &shell)
{
    if (shell == "zsh")
        std::fputs("# facetrack completion for zsh:  source <(facetrack completion zsh)\n"
                   "autoload -U +X compinit && compinit\n"
                   "autoload -U +X bashcompinit && bashcompinit\n", stdout);
    std::fputs(bashScript, stdout);
    return 0;
}

int completeCommand(const CommonOptions &common, const std::string &what)
{
    if (what == "keys") {
        for (const Parameter &parameter : parameters()) {
            if (parameter.applies == Applies::NextFrame)
                std::puts(parameter.key.c_str());
        }
    } else if (what == "agents") {
        const auto known = KnownAgents::load(common.known);
        if (!known)
            return ExitRefused;
        for (const KnownAgent &agent : known->all())
            std::puts((agent.name.empty() ? agent.id : agent.name).c_str());
    }
    return 0;
}

} // namespace facetrack::cli
