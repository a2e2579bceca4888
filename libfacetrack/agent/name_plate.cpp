#include "libfacetrack/agent/name_plate.h"

#include "libfacetrack/base/file_text.h"
#include "libfacetrack/base/log.h"
#include "libfacetrack/config/schema.h"

#include <array>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

struct Member
{
    const char *name;
    std::string AgentInfo::*value;
};

constexpr std::array members{Member{"name", &AgentInfo::name}, Member{"role", &AgentInfo::role},
                             Member{"location", &AgentInfo::location}};

const Member *memberOf(const std::string &name)
{
    for (const Member &member : members) {
        if (name == member.name)
            return &member;
    }
    return nullptr;
}

} // namespace

NamePlate::NamePlate(AgentInfo info, std::filesystem::path file)
    : m_file(std::move(file)), m_info(std::move(info))
{
    constexpr std::size_t most = 64 * 1024;
    const auto text = readText(m_file, most);
    if (!text) {
        if (text.error().code != ErrorCode::NotFound)
            qCWarning(lcAgent, "%s", describe(text.error()).c_str());
        return;
    }
    const auto kept = changed(nlohmann::json::parse(*text, nullptr, false));
    if (kept)
        m_info = *kept;
    else
        qCWarning(lcAgent, "%s: left out: %s", m_file.c_str(), describe(kept.error()).c_str());
}

AgentInfo NamePlate::info() const
{
    const std::lock_guard lock(m_mutex);
    return m_info;
}

Checked<AgentInfo> NamePlate::changed(const nlohmann::json &wish) const
{
    AgentInfo info = this->info();
    std::vector<Problem> problems;
    if (!wish.is_object())
        return tl::unexpected(std::vector<Problem>{
            {ErrorCode::InvalidArgument, {}, {}, "it is not a JSON object", {}}});
    for (const auto &[name, json] : wish.items()) {
        const Member *const member = memberOf(name);
        const Parameter *const parameter = find("agent." + name);
        if (!member || !parameter) {
            if (!addProblem(problems, {ErrorCode::InvalidArgument, {}, name,
                                       "cannot be changed here", "name, role or location"}))
                break;
            continue;
        }
        if (const auto value = parseJson(*parameter, json))
            info.*(member->value) = std::get<std::string>(*value);
        else
            addProblem(problems, problemOf(value.error()));
    }
    if (!problems.empty())
        return tl::unexpected(std::move(problems));
    if (info.name.empty())
        info.name = info.id;
    return info;
}

Result<void> NamePlate::set(const AgentInfo &info)
{
    nlohmann::ordered_json json;
    for (const Member &member : members)
        json[member.name] = info.*(member.value);
    if (auto written = replaceText(m_file, json.dump(1) + "\n"); !written)
        return written;
    const std::lock_guard lock(m_mutex);
    for (const Member &member : members)
        m_info.*(member.value) = info.*(member.value);
    return {};
}

} // namespace facetrack
