#include "libfacetrack/store/record_wire.h"

#include "libfacetrack/base/json_text.h"
#include "libfacetrack/base/strict_json.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

namespace facetrack {

namespace {

using Json = nlohmann::json;

constexpr std::array types{RecordType::Observation, RecordType::Heartbeat, RecordType::Visit,
                           RecordType::TuningChange};

tl::unexpected<Error> wrong(std::string_view key, std::string message, std::string advice = {})
{
    return fail(ErrorCode::InvalidArgument, std::string(key), std::move(message),
                std::move(advice));
}

void appendText(std::string_view value, std::string &text)
{
    const bool plain = std::all_of(value.begin(), value.end(), [](char c) {
        return c >= ' ' && c < '\x7f' && c != '"' && c != '\\';
    });
    if (plain)
        text.append(1, '"').append(value).append(1, '"');
    else
        text += jsonText(Json(value));
}

/// Takes the members of a row one by one; the first that is wrong decides.
class RowReader
{
public:
    explicit RowReader(Json &row) : m_row(row) {}

    std::string text(const char *key)
    {
        Json *value = member(key);
        if (value && value->is_string())
            return std::move(value->get_ref<std::string &>());
        refuse(key, value, "a text");
        return {};
    }

    /// A whole number of 0 or more.
    template<typename Int>
    Int count(const char *key)
    {
        const Json *value = member(key);
        constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<Int>::max());
        if (value && value->is_number_unsigned() && value->get<std::uint64_t>() <= most)
            return value->get<Int>();
        refuse(key, value, "a whole number, 0 to " + std::to_string(most));
        return 0;
    }

    bool flag(const char *key, bool otherwise)
    {
        const Json *value = member(key);
        if (!value)
            return otherwise;
        if (!value->is_boolean())
            refuse(key, value, "true or false");
        return value->is_boolean() && value->get<bool>();
    }

    RecordType type(const char *key)
    {
        const std::string name = text(key);
        const auto known = std::find_if(types.begin(), types.end(), [&](RecordType type) {
            return recordTypeName(type) == name;
        });
        if (known == types.end() && !m_error)
            m_error = Error{ErrorCode::InvalidArgument, key, "\"" + name.substr(0, 40) + "\" is not known",
                            "observation, heartbeat, visit or tuning_change"};
        return known == types.end() ? RecordType::Observation : *known;
    }

    std::string body(const char *key)
    {
        const Json *value = member(key);
        if (value && value->is_structured())
            return value->dump();
        refuse(key, value, "an array or an object");
        return {};
    }

    /// What is not known could be something that matters: a newer agent needs a newer relay.
    std::optional<Error> finish()
    {
        if (!m_error && m_taken != m_row.size())
            m_error = Error{ErrorCode::InvalidArgument, {}, "there is a key that is not known here",
                            "type, agent, run, sequence, time, trusted, simulated, faces, body"};
        return m_error;
    }

private:
    Json *member(const char *key)
    {
        const auto found = m_row.find(key);
        if (found == m_row.end())
            return nullptr;
        ++m_taken;
        return &*found;
    }

    void refuse(const char *key, const Json *value, std::string wanted)
    {
        if (!m_error)
            m_error = Error{ErrorCode::InvalidArgument, key,
                            value ? "is not what it must be" : "is missing", std::move(wanted)};
    }

    Json &m_row;
    std::size_t m_taken = 0;
    std::optional<Error> m_error;
};

} // namespace

std::string_view recordTypeName(RecordType type)
{
    switch (type) {
    case RecordType::Observation:
        return "observation";
    case RecordType::Heartbeat:
        return "heartbeat";
    case RecordType::Visit:
        return "visit";
    case RecordType::TuningChange:
        return "tuning_change";
    }
    return "unknown";
}

void appendWireLine(const Record &record, std::string &text)
{
    text.append("{\"type\":\"").append(recordTypeName(record.type)).append("\",\"agent\":");
    appendText(record.agent, text);
    text.append(",\"run\":");
    appendText(record.run, text);
    text.append(",\"sequence\":").append(std::to_string(record.sequence));
    text.append(",\"time\":").append(std::to_string(record.time.count()));
    if (!record.clockTrusted)
        text.append(",\"trusted\":false");
    if (record.simulated)
        text.append(",\"simulated\":true");
    if (record.type == RecordType::Observation)
        text.append(",\"faces\":").append(std::to_string(record.faces));
    text.append(",\"body\":").append(record.body).append("}\n");
}

Result<Record> readWireLine(std::string_view line, const WireLimits &limits)
{
    if (line.size() > limits.lineBytes)
        return wrong({}, "a row of " + std::to_string(line.size()) + " bytes",
                     "at most " + std::to_string(limits.lineBytes));
    auto row = parseStrictJson(line, 10);
    if (!row)
        return tl::unexpected(row.error());
    if (!row->is_object())
        return wrong({}, "a row is not an object");
    RowReader reader(*row);
    Record record;
    record.type = reader.type("type");
    record.agent = reader.text("agent");
    record.run = reader.text("run");
    record.sequence = reader.count<std::int64_t>("sequence");
    record.time = UtcTime(reader.count<std::int64_t>("time"));
    record.clockTrusted = reader.flag("trusted", true);
    record.simulated = reader.flag("simulated", false);
    if (record.type == RecordType::Observation)
        record.faces = reader.count<std::int32_t>("faces");
    record.body = reader.body("body");
    if (auto error = reader.finish())
        return tl::unexpected(std::move(*error));
    if (auto checked = checkRecord(record, limits); !checked)
        return tl::unexpected(checked.error());
    return record;
}

Result<WireBatch> readWireBatch(std::string_view text, const WireLimits &limits)
{
    WireBatch batch;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == line.npos)
            continue;
        if (batch.rows() == limits.rows)
            return fail(ErrorCode::Full, "rows",
                        "there are more than " + std::to_string(limits.rows),
                        "send fewer at a time");
        if (auto record = readWireLine(line, limits))
            batch.records.push_back(std::move(*record));
        else
            batch.refused.push_back({number, record.error()});
    }
    return batch;
}

} // namespace facetrack
