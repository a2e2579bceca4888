#include "libfacetrack/client/known_agents.h"

#include "libfacetrack/base/file_text.h"
#include "libfacetrack/base/strict_json.h"

#include <QLockFile>
#include <QStandardPaths>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

using Json = nlohmann::ordered_json;
constexpr int lockPatience = 5'000; // ms

std::string textOf(const nlohmann::json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string written(const KnownAgents &agents)
{
    Json list = Json::array();
    for (const KnownAgent &agent : agents.all())
        list.push_back({{"id", agent.id},
                        {"name", agent.name},
                        {"address", agent.address},
                        {"fingerprint", agent.fingerprint},
                        {"token", agent.token}});
    return Json{{"agents", std::move(list)}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<void> makeFolder(const std::filesystem::path &folder)
{
    std::error_code error;
    const bool made = std::filesystem::create_directories(folder, error);
    if (error)
        return fail(ErrorCode::Io, folder.string(), "cannot be made: " + error.message());
    if (made)
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    return {};
}

} // namespace

Error changedFingerprint(const std::string &agent, const std::string &known, const std::string &shown)
{
    return {ErrorCode::Denied, agent,
            "shows another certificate than before, and nothing was sent\n  known: " + known
                + "\n  shown: " + (shown.empty() ? "none (plain http)" : shown),
            "somebody may be in between, another device may have this address, or the agent was set "
            "up anew; compare with `facetrack-agentd fingerprint` on the agent itself, and only if "
            "it is the same as now: `facetrack forget " + agent + "`, then `facetrack pair` again"};
}

std::filesystem::path KnownAgents::defaultFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return std::filesystem::path(folder.toStdString()) / "facetrack" / "known-agents.json";
}

Result<KnownAgents> KnownAgents::load(const std::filesystem::path &file)
{
    KnownAgents known;
    const auto text = readSecretText(file);
    if (!text && text.error().code == ErrorCode::NotFound)
        return known;
    if (!text)
        return tl::unexpected(text.error());
    const auto json = parseStrictJson(*text);
    if (!json || !json->is_object() || !json->contains("agents") || !(*json)["agents"].is_array())
        return fail(ErrorCode::Corrupt, file.string(), "is damaged",
                    "mend it, or move it away and pair with the agents again");
    for (const nlohmann::json &item : (*json)["agents"]) {
        if (item.is_object() && !textOf(item, "id").empty())
            known.m_agents.push_back({textOf(item, "id"), textOf(item, "name"), textOf(item, "address"),
                                      textOf(item, "fingerprint"), textOf(item, "token")});
    }
    return known;
}

Result<KnownAgents> KnownAgents::change(const std::filesystem::path &file,
                                        const std::function<Result<void>(KnownAgents &)> &edit)
{
    if (auto made = makeFolder(file.parent_path()); !made)
        return tl::unexpected(made.error());
    QLockFile lock(QString::fromStdString(file.string() + ".lock"));
    if (!lock.tryLock(lockPatience))
        return fail(ErrorCode::Unavailable, file.string(), "is held by another program",
                    "may this user write to " + file.parent_path().string() + "?");
    auto known = load(file);
    if (!known)
        return known;
    if (auto edited = edit(*known); !edited)
        return tl::unexpected(edited.error());
    if (auto kept = replaceText(file, written(*known), FileAccess::OwnerOnly); !kept)
        return tl::unexpected(kept.error());
    return known;
}

const KnownAgent *KnownAgents::find(std::string_view name) const
{
    for (const auto member : {&KnownAgent::id, &KnownAgent::name, &KnownAgent::address}) {
        const auto fits = [&](const KnownAgent &agent) { return agent.*member == name; };
        const auto found = std::find_if(m_agents.begin(), m_agents.end(), fits);
        if (found != m_agents.end())
            return std::count_if(m_agents.begin(), m_agents.end(), fits) == 1 ? &*found : nullptr;
    }
    return nullptr;
}

Result<void> KnownAgents::remember(const KnownAgent &agent)
{
    const auto same = [&](const KnownAgent &other) { return other.id == agent.id; };
    const auto found = std::find_if(m_agents.begin(), m_agents.end(), same);
    if (found == m_agents.end()) {
        m_agents.push_back(agent);
        return {};
    }
    if (!found->fingerprint.empty() && found->fingerprint != agent.fingerprint)
        return tl::unexpected(changedFingerprint(found->name.empty() ? found->id : found->name,
                                                 found->fingerprint, agent.fingerprint));
    found->address = agent.address;
    found->fingerprint = agent.fingerprint;
    if (!agent.name.empty())
        found->name = agent.name;
    if (!agent.token.empty())
        found->token = agent.token;
    return {};
}

Result<void> KnownAgents::forget(std::string_view name)
{
    const KnownAgent *const found = find(name);
    if (!found)
        return fail(ErrorCode::NotFound, std::string(name), "is not among the known agents",
                    "`facetrack list --known` shows them");
    m_agents.erase(m_agents.begin() + (found - m_agents.data()));
    return {};
}

} // namespace facetrack
