#include "libfacetrack/store/crate_tables.h"

#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/store/agent_records.h"
#include "libfacetrack/store/body_text.h"

#include <array>

namespace facetrack {

namespace {

/// `value` units as a decimal fraction: 1234 of 1/10000 is 0.1234. The digits are those of the
/// record: nothing is rounded on the way.
template<int Digits>
void appendFraction(std::string &text, std::int32_t value)
{
    std::array<char, Digits + 14> form;
    char *at = form.data() + form.size();
    std::uint32_t rest = value < 0 ? 0U - static_cast<std::uint32_t>(value)
                                   : static_cast<std::uint32_t>(value);
    for (int digit = 0; digit < Digits; ++digit, rest /= 10)
        *--at = static_cast<char>('0' + rest % 10);
    *--at = '.';
    do {
        *--at = static_cast<char>('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        *--at = '-';
    text.append(at, form.data() + form.size());
}

template<int Digits>
bool copyFraction(BodyReader &from, std::string &to)
{
    std::int32_t value = 0;
    if (!from.number(value))
        return false;
    appendFraction<Digits>(to, value);
    return true;
}

/// `[x,y,w,h,score,track]` to the object that CrateDB keeps.
bool copyFace(BodyReader &from, std::string &to)
{
    constexpr std::array<const char *, 4> sides{R"({"x":)", R"(,"y":)", R"(,"w":)", R"(,"h":)"};
    if (!from.mark('['))
        return false;
    for (const char *side : sides) {
        to += side;
        if (!copyFraction<4>(from, to) || !from.mark(','))
            return false;
    }
    to += R"(,"score":)";
    if (!copyFraction<3>(from, to) || !from.mark(','))
        return false;
    to += R"(,"track":)";
    std::uint32_t track = 0;
    if (!from.number(track) || !from.mark(']'))
        return false;
    BodyWriter(to).number(track).mark('}');
    return true;
}

bool copyFaces(BodyReader &from, std::string &to, std::int32_t expected)
{
    to += '[';
    if (!from.mark('['))
        return false;
    std::int32_t faces = 0;
    if (!from.mark(']')) {
        do {
            if (faces++ > 0)
                to += ',';
            if (!copyFace(from, to))
                return false;
        } while (from.mark(','));
        if (!from.mark(']'))
            return false;
    }
    to += ']';
    return faces == expected;
}

/// From the record's own text to the row, without an Observation in between: this is where the
/// processor time of an upload goes.
bool appendObservation(const Record &record, CrateRowWriter &writer)
{
    BodyReader from(record.body);
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::uint32_t revision = 0;
    if (!writer.begin(record) || !from.mark('[') || !from.number(width) || !from.mark(',')
        || !from.number(height) || !from.mark(',') || !from.number(revision) || !from.mark(','))
        return false;
    std::string &to = writer.raw();
    BodyWriter(to).mark(',').number(width).mark(',').number(height).mark(',').number(revision)
        .mark(',').number(record.faces).mark(',');
    if (!copyFaces(from, to, record.faces) || !from.mark(']') || !from.atEnd())
        return false;
    writer.end();
    return true;
}

bool appendAgent(const Record &record, CrateRowWriter &writer)
{
    const auto beat = decodeHeartbeat(record);
    if (!beat || !writer.begin(record))
        return false;
    writer.comma().text(beat->agent.name).comma().text(beat->agent.role);
    writer.comma().text(beat->agent.sensor).comma().text(beat->agent.location);
    writer.comma().text(beat->agent.version).comma().text(beat->address);
    writer.comma().integer(beat->uptime.count());
    writer.comma().real(beat->captureFps).comma().real(beat->detectionFps).comma();
    beat->temperature ? writer.real(*beat->temperature) : writer.null();
    writer.comma().integer(static_cast<std::int64_t>(beat->backlog));
    writer.comma().text(beat->warning);
    writer.end();
    return true;
}

bool appendChange(const Record &record, CrateRowWriter &writer)
{
    const auto change = decodeTuningChange(record);
    if (!change || !writer.begin(record))
        return false;
    writer.comma().integer(change->revision).comma().text(change->who);
    writer.comma().text(change->parameter);
    writer.comma().text(change->oldValue).comma().text(change->newValue);
    writer.end();
    return true;
}

bool appendCrossings(const Visit &visit, CrateRowWriter &writer)
{
    writer.raw() += '[';
    for (const Crossing &crossing : visit.crossings) {
        if (&crossing != &visit.crossings.front())
            writer.comma();
        writer.raw() += R"({"line":)";
        writer.text(crossing.line).raw() += R"(,"way":)";
        writer.text(crossing.way).raw() += R"(,"ts":")";
        if (!appendIsoTime(writer.raw(), visit.start + crossing.at))
            return false;
        writer.raw() += "\"}";
    }
    writer.raw() += ']';
    return true;
}

bool appendVisit(const Record &record, CrateRowWriter &writer)
{
    const auto visit = decodeVisit(record);
    if (!visit || !writer.begin(record))
        return false;
    writer.raw() += ",\"";
    if (!appendIsoTime(writer.raw(), visit->start + visit->duration))
        return false;
    writer.raw() += '"';
    writer.comma().integer(visit->dwell.count()).comma().text(visit->zone);
    writer.comma().integer(visit->track).comma();
    if (!appendCrossings(*visit, writer))
        return false;
    writer.comma().real(static_cast<double>(visit->size)).comma().integer(visit->observations);
    writer.comma().integer(visit->revision).comma().boolean(visit->complete);
    writer.end();
    return true;
}

const std::array<CrateTable, 4> &tables()
{
    static const std::array<CrateTable, 4> all{
        CrateTable{RecordType::Observation, "observations",
                   {"agent", "run", "seq", "ts", "clock_trusted", "simulated", "frame_width", "frame_height",
                    "revision", "face_count", "faces"},
                   R"(("agent","run","seq","day") DO NOTHING)", false, appendObservation},
        CrateTable{RecordType::Heartbeat, "agents",
                   {"agent", "run", "seq", "last_heartbeat", "clock_trusted", "simulated", "name", "role",
                    "sensor", "location", "version", "address", "uptime_s", "capture_fps",
                    "detection_fps", "temperature", "backlog", "warning"},
                   nullptr, true, appendAgent},
        CrateTable{RecordType::Visit, "visits",
                   {"agent", "run", "seq", "ts", "clock_trusted", "simulated", "ended", "dwell_ms", "zone",
                    "track", "crossings", "face_size", "observations", "revision", "complete"},
                   R"(("agent","run","seq","month") DO NOTHING)", false, appendVisit},
        CrateTable{RecordType::TuningChange, "tuning_changes",
                   {"agent", "run", "seq", "ts", "clock_trusted", "simulated", "revision", "who", "parameter",
                    "old_value", "new_value"},
                   R"(("agent","run","seq") DO NOTHING)", false, appendChange},
    };
    return all;
}

/// Every column but the key takes the new value.
std::string overwrite(const CrateTable &table)
{
    std::string sets;
    for (const char *column : table.columns) {
        if (column == std::string_view("agent"))
            continue;
        const std::string name = quotedName(column);
        sets += (sets.empty() ? "" : ", ") + name + " = excluded." + name;
    }
    return R"(("agent") DO UPDATE SET )" + sets;
}

} // namespace

const CrateTable *crateTable(RecordType type)
{
    for (const CrateTable &table : tables()) {
        if (table.type == type)
            return &table;
    }
    return nullptr;
}

std::string quotedName(const std::string &name)
{
    std::string quoted = "\"";
    for (const char c : name)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string bulkHead(const CrateTable &table, const std::string &schema)
{
    std::string columns;
    std::string places;
    for (const char *column : table.columns) {
        columns += (columns.empty() ? "" : ", ") + quotedName(column);
        places += places.empty() ? "?" : ", ?";
    }
    const std::string statement = "INSERT INTO " + quotedName(schema) + "." + quotedName(table.name)
                                  + " (" + columns + ") VALUES (" + places + ") ON CONFLICT "
                                  + (table.onConflict ? table.onConflict : overwrite(table));
    std::string head = "{\"stmt\":\"";
    for (const char c : statement) {
        if (c == '"' || c == '\\')
            head += '\\';
        head += c;
    }
    return head + "\",\"bulk_args\":[";
}

} // namespace facetrack
