#include "libfacetrack/agent/metrics_writer.h"

#include <charconv>

namespace facetrack {

namespace {

std::string number(double value)
{
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    return {digits, end};
}

} // namespace

std::string escapedLabel(const std::string &value)
{
    std::string text;
    for (const char c : value) {
        if (c == '\\' || c == '"')
            text += '\\';
        text += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return text;
}

void MetricsWriter::sample(const std::string &name, const char *help, const char *type,
                           double value, const std::string &labels)
{
    m_text += "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n" + name + "{"
              + m_label + labels + "} " + number(value) + "\n";
}

void MetricsWriter::gauges(const std::string &name, const char *help,
                           const std::vector<Labelled> &samples)
{
    if (samples.empty())
        return;
    m_text += "# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n";
    for (const Labelled &sample : samples)
        m_text += name + "{" + m_label + "," + sample.label + "} " + number(sample.value) + "\n";
}

} // namespace facetrack
