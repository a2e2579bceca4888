#pragma once
#include "libfacetrack/store/record.h"

#include <span>
#include <string>
#include <vector>

namespace facetrack {

/// Writes one row after another as JSON arguments of a bulk insert, into one text.
class CrateRowWriter
{
public:
    explicit CrateRowWriter(std::string &text) : m_text(text) {}

    /// `["agent","run",seq,"time",trusted,simulated`: how every row begins. False for a time that is none.
    bool begin(const Record &record);
    void end() { m_text += ']'; }
    std::string &raw() { return m_text; }
    CrateRowWriter &text(const std::string &value);
    CrateRowWriter &integer(std::int64_t value);
    CrateRowWriter &real(double value); ///< null when it is not finite
    CrateRowWriter &boolean(bool value);
    CrateRowWriter &null();
    CrateRowWriter &comma();

private:
    std::string &m_text;
    std::string m_names; ///< of the last record, quoted: rows of one agent come together
    std::string m_lastAgent, m_lastRun;
};

/// A table, and how a record becomes its row.
struct CrateTable
{
    RecordType type;
    const char *name;
    std::vector<const char *> columns; ///< those that are sent, in the order of a row
    const char *onConflict;            ///< "(…) DO NOTHING"
    bool newestOnly;                   ///< one row for each agent: older records need not be sent
    /// Appends `[…]`; false, with the text as it was or longer, when it cannot be a row.
    bool (*append)(const Record &record, CrateRowWriter &writer);
};

/// All that records go to; null for a type that has none.
const CrateTable *crateTable(RecordType type);

/// Beginning and end of the body of a bulk insert: between them stand rows, with commas.
std::string bulkHead(const CrateTable &table, const std::string &schema);
inline constexpr const char *bulkTail = "]}";

/// "name" in quotes, as SQL wants it.
std::string quotedName(const std::string &name);

} // namespace facetrack
