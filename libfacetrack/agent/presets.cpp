#include "libfacetrack/agent/presets.h"

#include "libfacetrack/base/file_text.h"
#include "libfacetrack/base/log.h"

#include <QString>
#include <QStringDecoder>
#include <algorithm>

namespace facetrack {

namespace {

constexpr std::size_t mostBytes = 8 * 1024 * 1024;
constexpr std::size_t longestName = 64;

/// Throws as nlohmann's JSON does.
std::map<std::string, Preset> fromJson(const nlohmann::json &json)
{
    std::map<std::string, Preset> presets;
    for (const auto &[name, preset] : json.items())
        presets[name] = {preset.at("values"), UtcTime(preset.at("saved").get<std::int64_t>())};
    return presets;
}

} // namespace

bool isPresetName(std::string_view name)
{
    if (name.empty() || name.size() > longestName || name.front() == ' ' || name.back() == ' ')
        return false;
    const bool printable = std::none_of(name.begin(), name.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    QStringDecoder decoder(QStringDecoder::Utf8);
    [[maybe_unused]] const QString text
        = decoder(QByteArrayView(name.data(), static_cast<qsizetype>(name.size())));
    return printable && !decoder.hasError();
}

Presets::Presets(std::filesystem::path file) : m_file(std::move(file))
{
    const auto text = readText(m_file, mostBytes);
    if (!text) {
        if (text.error().code != ErrorCode::NotFound)
            qCWarning(lcAgent, "no presets: %s", describe(text.error()).c_str());
        return;
    }
    try {
        m_presets = fromJson(nlohmann::json::parse(*text));
    } catch (const nlohmann::json::exception &exception) {
        const std::filesystem::path aside = m_file.string() + ".damaged";
        std::error_code ignored;
        std::filesystem::rename(m_file, aside, ignored);
        qCWarning(lcAgent, "no presets: %s cannot be read and is now %s: %s", m_file.c_str(),
                  aside.c_str(), exception.what());
    }
}

std::map<std::string, Preset> Presets::all() const
{
    const std::lock_guard lock(m_mutex);
    return m_presets;
}

std::optional<Preset> Presets::find(const std::string &name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_presets.find(name);
    return found == m_presets.end() ? std::nullopt : std::optional(found->second);
}

Result<bool> Presets::put(const std::string &name, Preset preset)
{
    const std::lock_guard writing(m_writing);
    auto presets = all();
    const bool isNew = !presets.contains(name);
    if (isNew && presets.size() >= most)
        return fail(ErrorCode::Full, name, "there are " + std::to_string(most) + " presets already",
                    "delete one that is not needed");
    presets[name] = std::move(preset);
    if (auto written = write(presets); !written)
        return tl::unexpected(written.error());
    const std::lock_guard lock(m_mutex);
    m_presets = std::move(presets);
    return isNew;
}

Result<void> Presets::remove(const std::string &name)
{
    const std::lock_guard writing(m_writing);
    auto presets = all();
    if (presets.erase(name) == 0)
        return fail(ErrorCode::NotFound, name, "there is no preset of that name");
    if (auto written = write(presets); !written)
        return written;
    const std::lock_guard lock(m_mutex);
    m_presets = std::move(presets);
    return {};
}

Result<void> Presets::write(const std::map<std::string, Preset> &presets) const
{
    nlohmann::json json = nlohmann::json::object();
    for (const auto &[name, preset] : presets)
        json[name] = {{"values", preset.values}, {"saved", preset.saved.count()}};
    return replaceText(m_file, json.dump(1) + "\n");
}

} // namespace facetrack
