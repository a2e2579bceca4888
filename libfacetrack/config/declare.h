#pragma once
#include "libfacetrack/config/parameter.h"

#include <type_traits>
#include <utility>

namespace facetrack {

/// Says more about the parameter just declared. Internal to this room, like all of this file.
class Declaration
{
public:
    explicit Declaration(Parameter &parameter) : m_parameter(parameter) {}

    Declaration &range(double least, double most)
    {
        m_parameter.min = least;
        m_parameter.max = most;
        return *this;
    }
    Declaration &step(double value) { m_parameter.step = value; return *this; }
    Declaration &unit(const char *name) { m_parameter.unit = name; return *this; }
    /// 0 is allowed besides the range, and means this.
    Declaration &zero(const char *meaning) { m_parameter.zero = meaning; return *this; }
    Declaration &longest(std::size_t bytes) { m_parameter.maxLength = bytes; return *this; }
    Declaration &form(const char *words, bool (*matches)(std::string_view))
    {
        m_parameter.form = TextForm{words, matches};
        return *this;
    }
    Declaration &visibleWhen(const char *key, const char *equals)
    {
        m_parameter.visibleWhen = Condition{key, equals};
        return *this;
    }
    /// Several texts, separated by commas.
    Declaration &list() { m_parameter.list = true; return *this; }
    /// Values that people know, of a text that takes others as well.
    Declaration &suggest(std::vector<Choice> values)
    {
        m_parameter.choices = std::move(values);
        return *this;
    }
    Declaration &secret() { m_parameter.secret = true; return *this; }

private:
    Parameter &m_parameter;
};

/// Declares the parameters whose members live in one struct. `Path` is the way from AgentConfig to
/// that struct as member pointers: Group detect(list, "detect", Applies::NextFrame,
/// &AgentConfig::tuning, &Tuning::detect).
template<typename Struct, typename... Path>
class Group
{
public:
    Group(std::vector<Parameter> &list, const char *group, Applies applies, Path... path)
        : m_list(list), m_group(group), m_applies(applies),
          m_reach(reaching(path...))
    {
    }

    Declaration boolean(const char *name, bool Struct::*member, const char *label, const char *doc)
    {
        return Declaration(add<bool>(ParameterType::Bool, name, member, label, doc));
    }
    template<typename Int>
    Declaration integer(const char *name, Int Struct::*member, const char *label, const char *doc)
    {
        static_assert(std::is_integral_v<Int> && !std::is_same_v<Int, bool>);
        return Declaration(add<std::int64_t>(ParameterType::Integer, name, member, label, doc));
    }
    Declaration number(const char *name, double Struct::*member, const char *label,
                       const char *doc)
    {
        return Declaration(add<double>(ParameterType::Number, name, member, label, doc));
    }
    Declaration text(const char *name, std::string Struct::*member, const char *label,
                     const char *doc)
    {
        Parameter &parameter = add<std::string>(ParameterType::Text, name, member, label, doc);
        parameter.maxLength = 200;
        return Declaration(parameter);
    }
    Declaration choice(const char *name, std::string Struct::*member, const char *label,
                       const char *doc, std::vector<Choice> choices)
    {
        Parameter &parameter = add<std::string>(ParameterType::Choice, name, member, label, doc);
        parameter.choices = std::move(choices);
        return Declaration(parameter);
    }
    Declaration size(const char *name, Size Struct::*member, const char *label, const char *doc)
    {
        return Declaration(add<Size>(ParameterType::Size, name, member, label, doc)).unit("px");
    }
    Declaration box(const char *name, Box Struct::*member, const char *label, const char *doc)
    {
        return Declaration(add<Box>(ParameterType::Box, name, member, label, doc));
    }

    Declaration shapes(const char *name, std::vector<Shape> Struct::*member, const char *label,
                       const char *doc, const ShapeLimits &limits)
    {
        Parameter &parameter
            = add<std::vector<Shape>>(ParameterType::Shapes, name, member, label, doc);
        parameter.shapes = limits;
        return Declaration(parameter);
    }

private:
    /// `As` is the alternative of Value that holds a `Member`.
    template<typename As, typename Member>
    Parameter &add(ParameterType type, const char *name, Member Struct::*member,
                   const char *label, const char *doc)
    {
        Parameter &parameter = m_list.emplace_back();
        parameter.key = m_group + "." + name;
        parameter.group = m_group;
        parameter.label = label;
        parameter.doc = doc;
        parameter.type = type;
        parameter.applies = m_applies;
        parameter.get = [reach = m_reach, member](const AgentConfig &config) -> Value {
            return static_cast<As>(reach(config).*member);
        };
        parameter.set = [reach = m_reach, member](AgentConfig &config, const Value &value) {
            reach(config).*member = static_cast<Member>(std::get<As>(value));
        };
        parameter.defaultValue = parameter.get(AgentConfig());
        return parameter;
    }

    static auto reaching(Path... path)
    {
        return [path...](auto &config) -> auto & { return (config .* ... .* path); };
    }

    std::vector<Parameter> &m_list;
    std::string m_group;
    Applies m_applies;
    decltype(reaching(std::declval<Path>()...)) m_reach;
};

/// Finds `Struct` from the last member pointer of the path.
template<typename Owner, typename Struct>
auto declare(std::vector<Parameter> &list, const char *group, Applies applies,
             Struct Owner::*member)
{
    return Group<Struct, Struct Owner::*>(list, group, applies, member);
}
template<typename First, typename Owner, typename Struct>
auto declare(std::vector<Parameter> &list, const char *group, Applies applies, First first,
             Struct Owner::*member)
{
    return Group<Struct, First, Struct Owner::*>(list, group, applies, first, member);
}
template<typename First, typename Second, typename Owner, typename Struct>
auto declare(std::vector<Parameter> &list, const char *group, Applies applies, First first,
             Second second, Struct Owner::*member)
{
    return Group<Struct, First, Second, Struct Owner::*>(list, group, applies, first, second,
                                                         member);
}

// One function for each schema_*.cpp; schema.cpp lists them in the order in which people see them.
void declareAgent(std::vector<Parameter> &list);
void declareHealth(std::vector<Parameter> &list);
void declareUpload(std::vector<Parameter> &list);
void declareCamera(std::vector<Parameter> &list);
void declareDetect(std::vector<Parameter> &list);
void declareTrack(std::vector<Parameter> &list);
void declareStream(std::vector<Parameter> &list);

} // namespace facetrack
