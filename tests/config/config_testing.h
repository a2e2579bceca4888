#pragma once
#include "libfacetrack/config/load.h"
#include "libfacetrack/config/schema.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <string>

/// A folder of its own for one test's files.
class Folder
{
public:
    std::filesystem::path path(const std::string &name) const
    {
        return std::filesystem::path(m_directory.path().toStdString()) / name;
    }
    std::filesystem::path write(const std::string &name, const std::string &text) const
    {
        std::ofstream(path(name), std::ios::binary) << text;
        return path(name);
    }

private:
    QTemporaryDir m_directory;
};

/// A value that the parameter accepts and that is not its default (a choice may have no other).
inline facetrack::Value anotherValue(const facetrack::Parameter &parameter)
{
    using namespace facetrack;
    switch (parameter.type) {
    case ParameterType::Bool:
        return !std::get<bool>(parameter.defaultValue);
    case ParameterType::Integer:
        return static_cast<std::int64_t>(*parameter.max) - 1;
    case ParameterType::Number:
        return *parameter.max - 0.0625;
    case ParameterType::Text:
        if (!parameter.form)
            return std::string("Grüße \"a\\b\" #= ");
        // Each form knows one of these.
        for (const char *text : {"[::1]:80", "pi-7.left_A", "http://127.0.0.1:4200", "visitors_2",
                                 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"})
            if (parameter.form->matches(text))
                return std::string(text);
        return parameter.defaultValue;
    case ParameterType::Choice:
        return parameter.choices.back().value;
    case ParameterType::Size:
        return Size{641, 483};
    case ParameterType::Box:
        return Box{0.1f, 0.2f, 1.0f / 3, 0.7f};
    case ParameterType::Shapes:
        if (parameter.shapes->ways)
            return std::vector{Shape{"Tür", {{0.5f, 1}, {1.0f / 3, 0}}, {"hinein", "hinaus"}},
                               Shape{"l 2", {{0, 0}, {1, 1}}, {"forward", "backward"}}};
        return std::vector{Shape{"Tisch 1", {{0.1f, 0.2f}, {1.0f / 3, 0}, {1, 1}}, {}},
                           Shape{parameter.shapes->named ? "b" : "",
                                 {{0, 0}, {1, 0}, {1, 1}, {0, 0.7f}}, {}}};
    }
    return {};
}

/// Fails with both texts unless `text` contains `part`.
#define COMPARE_CONTAINS(text, part) \
    do { \
        const std::string whole = (text); \
        QVERIFY2(whole.find(part) != std::string::npos, \
                 ("no \"" + std::string(part) + "\" in: " + whole).c_str()); \
    } while (false)

/// Fails with the list of problems unless `checked` has a value.
#define VERIFY_ACCEPTED(checked) \
    QVERIFY2(checked, checked ? "" : describe(checked.error()).c_str())
