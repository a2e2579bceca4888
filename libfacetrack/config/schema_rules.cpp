#include "libfacetrack/config/schema.h"

#include <array>

namespace facetrack {

namespace {

/// A condition between parameters. `broken` gives the reason, or nothing when it holds.
struct Rule
{
    const char *key; ///< which one the person is told to change
    const char *limits;
    std::string (*broken)(const AgentConfig &);
};

std::string sizesCrossed(const AgentConfig &config)
{
    const Size least = config.tuning.detect.minSize;
    const Size most = config.tuning.detect.maxSize;
    if (most.empty() || (most.width >= least.width && most.height >= least.height))
        return {};
    return "'" + toText(most) + "' is below detect.min_size, '" + toText(least) + "'";
}

std::string passwordOfNobody(const AgentConfig &config)
{
    if (config.upload.passwordFile.empty() || !config.upload.user.empty())
        return {};
    return "upload.password_file is set, but not whose password it is";
}

std::string twoWaysToSignIn(const AgentConfig &config)
{
    const AgentConfig::Upload &upload = config.upload;
    if (upload.tokenFile.empty() || (upload.user.empty() && upload.passwordFile.empty()))
        return {};
    return std::string("it is set together with ")
           + (upload.user.empty() ? "upload.password_file" : "upload.user")
           + ", but only one of them can sign in";
}

std::string certificateAlone(const AgentConfig &config)
{
    if (config.tls.certificateFile.empty() == config.tls.keyFile.empty())
        return {};
    return config.tls.keyFile.empty() ? "tls.certificate_file is set without its key"
                                      : "it is set without tls.certificate_file";
}

constexpr std::array rules{
    Rule{"detect.max_size", "each side at least that of detect.min_size, or 0x0 for no limit",
         sizesCrossed},
    Rule{"upload.user", "the user, or leave upload.password_file empty too", passwordOfNobody},
    Rule{"upload.token_file", "empty with upload.user and upload.password_file, or those empty",
         twoWaysToSignIn},
    Rule{"tls.key_file", "the key of tls.certificate_file, or both empty", certificateAlone},
};

} // namespace

std::vector<Problem> check(const AgentConfig &config)
{
    std::vector<Problem> problems;
    for (const Rule &rule : rules) {
        if (const std::string reason = rule.broken(config); !reason.empty())
            problems.push_back({ErrorCode::InvalidArgument, {}, rule.key, reason, rule.limits});
    }
    return problems;
}

} // namespace facetrack
