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
    head(name, help, type);
    line(name, labels, value);
}

void MetricsWriter::gauges(const char *name, const char *help, const std::string &label,
                           const std::map<std::string, std::uint32_t> &values)
{
    if (!values.empty())
        head(name, help, "gauge");
    for (const auto &[key, value] : values)
        line(name, "," + label + "=\"" + escapedLabel(key) + "\"", value);
}

void MetricsWriter::head(const std::string &name, const char *help, const char *type)
{
    m_text += "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

void MetricsWriter::line(const std::string &name, const std::string &labels, double value)
{
    m_text += name + "{" + m_label + labels + "} " + number(value) + "\n";
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
