#include "libfacetrack/net/secret_file.h"

#include "libfacetrack/base/file_text.h"

#include <algorithm>

namespace facetrack::net {

Result<std::string> readSecret(const std::string &file)
{
    auto secret = readSecretText(file);
    if (!secret) {
        if (secret.error().code == ErrorCode::NotFound)
            secret.error().advice = "put the secret into that file, with mode 0600";
        return secret;
    }
    secret->resize(std::min(secret->size(), secret->find_first_of("\r\n")));
    if (secret->empty())
        return fail(ErrorCode::InvalidArgument, file, "holds no secret on its first line");
    return secret;
}

} // namespace facetrack::net
