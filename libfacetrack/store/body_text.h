#pragma once
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <system_error>

namespace facetrack {

/// Appends numbers to a text without a stream or a format string: this runs once per frame on a Pi.
class BodyWriter
{
public:
    explicit BodyWriter(std::string &text) : m_text(text) {}

    template<typename T>
    BodyWriter &number(T value)
    {
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        m_text.append(digits, end);
        return *this;
    }

    /// A detector's NaN must not become undefined behaviour in the conversion.
    BodyWriter &fraction(float value, float units)
    {
        const float scaled = std::isfinite(value) ? std::round(value * units) : 0.0F;
        return number(static_cast<int>(std::fmax(-1e9F, std::fmin(1e9F, scaled))));
    }

    BodyWriter &mark(char character)
    {
        m_text.push_back(character);
        return *this;
    }

private:
    std::string &m_text;
};

/// Reads what BodyWriter wrote; anything else is refused where it begins.
class BodyReader
{
public:
    explicit BodyReader(std::string_view text) : m_next(text.data()), m_end(m_next + text.size()) {}

    bool mark(char character)
    {
        if (m_next == m_end || *m_next != character)
            return false;
        ++m_next;
        return true;
    }

    template<typename T>
    bool number(T &value)
    {
        const auto [next, error] = std::from_chars(m_next, m_end, value);
        if (error != std::errc{})
            return false;
        m_next = next;
        return true;
    }

    bool fraction(float &value, float units)
    {
        int scaled = 0;
        if (!number(scaled))
            return false;
        value = static_cast<float>(scaled) / units;
        return true;
    }

    bool atEnd() const { return m_next == m_end; }

private:
    const char *m_next;
    const char *m_end;
};

} // namespace facetrack
