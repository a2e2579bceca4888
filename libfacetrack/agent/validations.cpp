#include "libfacetrack/agent/validations.h"

#include "libfacetrack/base/file_text.h"
#include "libfacetrack/base/log.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

constexpr std::size_t mostBytes = 2 * 1024 * 1024;

/// Throws as nlohmann's JSON does.
std::vector<Validation> fromJson(const nlohmann::json &json)
{
    std::vector<Validation> all;
    for (const auto &one : json)
        all.push_back({UtcTime(one.at("from").get<std::int64_t>()),
                       UtcTime(one.at("to").get<std::int64_t>()),
                       one.at("count").get<std::int64_t>(), one.at("note").get<std::string>(),
                       one.at("run").get<std::string>(), one.at("revision").get<std::uint32_t>(),
                       UtcTime(one.at("saved").get<std::int64_t>())});
    return all;
}

nlohmann::json toJson(const std::vector<Validation> &all)
{
    nlohmann::json json = nlohmann::json::array();
    for (const Validation &one : all)
        json.push_back({{"from", one.from.count()},
                        {"to", one.to.count()},
                        {"count", one.count},
                        {"note", one.note},
                        {"run", one.run},
                        {"revision", one.revision},
                        {"saved", one.saved.count()}});
    return json;
}

} // namespace

Validations::Validations(std::filesystem::path file) : m_file(std::move(file))
{
    const auto text = readText(m_file, mostBytes);
    if (!text) {
        if (text.error().code != ErrorCode::NotFound)
            qCWarning(lcAgent, "no validations: %s", describe(text.error()).c_str());
        return;
    }
    try {
        m_all = fromJson(nlohmann::json::parse(*text));
    } catch (const nlohmann::json::exception &exception) {
        const std::filesystem::path aside = m_file.string() + ".damaged";
        std::error_code ignored;
        std::filesystem::rename(m_file, aside, ignored);
        qCWarning(lcAgent, "no validations: %s cannot be read and is now %s: %s", m_file.c_str(),
                  aside.c_str(), exception.what());
    }
}

std::vector<Validation> Validations::all() const
{
    const std::lock_guard lock(m_mutex);
    return m_all;
}

Result<void> Validations::add(Validation validation)
{
    const std::lock_guard writing(m_writing);
    auto next = all();
    next.push_back(std::move(validation));
    if (next.size() > most)
        next.erase(next.begin());
    if (auto written = replaceText(m_file, toJson(next).dump() + "\n"); !written)
        return written;
    const std::lock_guard lock(m_mutex);
    m_all = std::move(next);
    return {};
}

VisitAccuracy visitAccuracy(std::int64_t visits, std::int64_t counted)
{
    const auto both = static_cast<double>(std::min(visits, counted));
    return {counted > 0 ? both / static_cast<double>(counted) : 1,
            visits > 0 ? both / static_cast<double>(visits) : 1};
}

} // namespace facetrack
