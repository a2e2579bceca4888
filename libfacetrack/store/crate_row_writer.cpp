#include "libfacetrack/store/crate_tables.h"

#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/store/body_text.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

std::string quoted(const std::string &text)
{
    using Json = nlohmann::json;
    return jsonText(Json(text));
}

} // namespace

bool CrateRowWriter::begin(const Record &record)
{
    if (m_names.empty() || record.run != m_lastRun || record.agent != m_lastAgent) {
        m_names = "[" + quoted(record.agent) + "," + quoted(record.run) + ",";
        m_lastAgent = record.agent;
        m_lastRun = record.run;
    }
    m_text += m_names;
    integer(static_cast<std::int64_t>(record.sequence));
    m_text += ",\"";
    // As text with Z: CrateDB reads a number with a point or exponent as seconds.
    if (!appendIsoTime(m_text, record.time))
        return false;
    m_text += record.clockTrusted ? "\",true" : "\",false";
    m_text += record.simulated ? ",true" : ",false";
    return true;
}

CrateRowWriter &CrateRowWriter::text(const std::string &value)
{
    m_text += quoted(value);
    return *this;
}

CrateRowWriter &CrateRowWriter::integer(std::int64_t value)
{
    BodyWriter(m_text).number(value);
    return *this;
}

CrateRowWriter &CrateRowWriter::real(double value)
{
    if (!std::isfinite(value))
        return null();
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, static_cast<float>(value)).ptr;
    m_text.append(digits, end);
    return *this;
}

CrateRowWriter &CrateRowWriter::boolean(bool value)
{
    m_text += value ? "true" : "false";
    return *this;
}

CrateRowWriter &CrateRowWriter::null()
{
    m_text += "null";
    return *this;
}

CrateRowWriter &CrateRowWriter::comma()
{
    m_text += ',';
    return *this;
}

} // namespace facetrack
