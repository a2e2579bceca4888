#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace facetrack {

/// Escapes a label's value as the exposition format asks.
std::string escapedLabel(const std::string &value);

/// Writes Prometheus' text exposition format 0.0.4: families of one sample each, all with the
/// agent's label.
class MetricsWriter
{
public:
    explicit MetricsWriter(const std::string &agent)
        : m_label("agent=\"" + escapedLabel(agent) + "\"")
    {
    }

    template<typename Number>
    void gauge(const char *name, const char *help, Number value)
    {
        sample(name, help, "gauge", static_cast<double>(value), {});
    }
    template<typename Number>
    void counter(const char *name, const char *help, Number value)
    {
        sample(name, help, "counter", static_cast<double>(value), {});
    }
    /// A sample for each entry, told apart by `label`; nothing when there is none.
    void gauges(const char *name, const char *help, const std::string &label,
                const std::map<std::string, std::uint32_t> &values);
    void info(const char *name, const char *help, const std::string &labels)
    {
        sample(name, help, "gauge", 1, "," + labels);
    }
    /// A family with a sample for each of several labels, "endpoint=\"…\"".
    struct Labelled
    {
        std::string label;
        double value = 0;
    };
    void gauges(const std::string &name, const char *help, const std::vector<Labelled> &samples);
    std::string take() { return std::move(m_text); }

private:
    void head(const std::string &name, const char *help, const char *type);
    void line(const std::string &name, const std::string &labels, double value);
    void sample(const std::string &name, const char *help, const char *type, double value,
                const std::string &labels);

    const std::string m_label;
    std::string m_text;
};

} // namespace facetrack
