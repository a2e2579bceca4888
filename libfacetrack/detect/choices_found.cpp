#include "libfacetrack/detect/choices_found.h"

#include "libfacetrack/detect/cascade_file.h"
#include "libfacetrack/detect/model_file.h"

namespace facetrack {

std::map<std::string, std::vector<Choice>> choicesFound()
{
    return {{"detect.cascade", cascadeChoices()}, {"detect.yunet.model", modelChoices()}};
}

} // namespace facetrack
