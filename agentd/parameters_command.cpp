#include "agentd/commands.h"
#include "libfacetrack/config/reference.h"
#include "libfacetrack/detect/choices_found.h"

#include <cstdio>

namespace facetrack {

int parametersCommand(const ParametersOptions &options)
{
    const std::string text = options.json          ? parametersJson(2, choicesFound()) + "\n"
                             : options.exampleToml ? exampleToml()
                             : options.markdown    ? parametersMarkdown()
                                                   : parameterTable();
    std::fputs(text.c_str(), stdout);
    return 0;
}

} // namespace facetrack
