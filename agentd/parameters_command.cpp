#include "agentd/commands.h"
#include "libfacetrack/config/reference.h"

#include <cstdio>

namespace facetrack {

int parametersCommand(const ParametersOptions &options)
{
    const std::string text = options.json          ? parametersJson() + "\n"
                             : options.exampleToml ? exampleToml()
                             : options.markdown    ? parametersMarkdown()
                                                   : parameterTable();
    std::fputs(text.c_str(), stdout);
    return 0;
}

} // namespace facetrack
