#include "console/core/agent_colours.h"

#include <array>

namespace facetrack::console {

QColor agentColour(int number)
{
    static constexpr std::array<QRgb, 7> colours{0xff0072b2, 0xffe69f00, 0xff009e73, 0xffcc79a7,
                                                 0xff56b4e9, 0xffd55e00, 0xffb8a800};
    return QColor(colours[static_cast<std::size_t>(number) % colours.size()]);
}

} // namespace facetrack::console
