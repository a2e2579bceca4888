#include "libfacetrack/store/crate_schema.h"

#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/store/crate_columns.h"
#include "libfacetrack/store/crate_tables.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

std::string tableName(const std::string &schema, const std::string &table)
{
    return quotedName(schema) + "." + quotedName(table);
}

std::string createTable(const CrateTableForm &form, const CrateSchemaOptions &options,
                        bool comments)
{
    std::string text = "CREATE TABLE IF NOT EXISTS " + tableName(options.schema, form.name) + " (\n";
    for (const CrateColumn &column : form.columns) {
        text += "    " + quotedName(column.name) + " " + column.type + ",";
        text += comments ? std::string(" -- ") + column.about + "\n" : "\n";
    }
    text += std::string("    PRIMARY KEY (") + form.primaryKey + ")\n)";
    text += " CLUSTERED INTO " + std::to_string(form.manyShards ? options.shards : 1) + " SHARDS";
    if (form.partition)
        text += " PARTITIONED BY (" + quotedName(form.partition) + ")";
    // Strict: a column that nobody declared is a mistake, not a new column.
    return text + "\nWITH (\"number_of_replicas\" = '" + options.replicas
           + "', \"column_policy\" = 'strict')";
}

/// One step of the tables from version to version. A step that has been released never changes:
/// what comes later is a step of its own, such as ALTER TABLE … ADD COLUMN.
struct Step
{
    const char *about;
    std::vector<std::string> (*statements)(const CrateSchemaOptions &);
};

/// The tables as they are now, not as they once were: on a database of long ago, later steps find
/// their columns there already.
std::vector<std::string> missingTables(const CrateSchemaOptions &options)
{
    std::vector<std::string> statements;
    for (const CrateTableForm &form : crateTableForms())
        statements.push_back(createTable(form, options, false));
    return statements;
}

std::vector<std::string> markSimulated(const CrateSchemaOptions &options)
{
    std::vector<std::string> statements = missingTables(options);
    for (const char *table : {"observations", "visits", "agents", "tuning_changes"})
        statements.push_back("ALTER TABLE " + tableName(options.schema, table)
                             + R"( ADD COLUMN "simulated" BOOLEAN)");
    return statements;
}

const std::vector<Step> &steps()
{
    static const std::vector<Step> all{
        {"makes the tables", missingTables},
        {"marks simulated rows, and adds the tables of sums", markSimulated},
    };
    return all;
}

Result<int> versionIn(cratedb::Client &client, const std::string &schema)
{
    const std::string table = tableName(schema, "schema_versions");
    if (auto refreshed = client.ask("REFRESH TABLE " + table); !refreshed) {
        if (refreshed.error().code == ErrorCode::NotFound)
            return 0; // nothing was made yet
        return tl::unexpected(refreshed.error());
    }
    const auto answer = client.ask("SELECT max(\"version\") FROM " + table);
    if (!answer)
        return tl::unexpected(answer.error());
    const auto &value = answer->at("rows").at(0).at(0);
    return value.is_number_integer() ? value.get<int>() : 0;
}

/// ALTER TABLE … ADD COLUMN knows no IF NOT EXISTS; a step that was half done is done again.
bool isThereAlready(const Error &error)
{
    return error.message.find("already has a column named") != std::string::npos;
}

Result<void> run(cratedb::Client &client, const std::vector<std::string> &statements)
{
    for (const std::string &statement : statements) {
        if (auto done = client.ask(statement); !done && !isThereAlready(done.error()))
            return tl::unexpected(done.error());
    }
    return {};
}

Result<void> applyStep(cratedb::Client &client, const CrateSchemaOptions &options, int version)
{
    const Step &step = steps()[static_cast<std::size_t>(version - 1)];
    if (auto done = run(client, step.statements(options)); !done)
        return done;
    const std::string table = tableName(options.schema, "schema_versions");
    const auto noted = client.ask("INSERT INTO " + table + R"( ("version", "applied") VALUES (?, ?))"
                                      + R"( ON CONFLICT ("version") DO NOTHING)",
                                  {version, isoTime(SystemClock::instance().utc())});
    if (!noted)
        return tl::unexpected(noted.error());
    return {};
}

/// The moment at which a partition ends: everything in it is older.
UtcTime endOf(const CratePartition &partition)
{
    using namespace std::chrono;
    if (partition.column == "day")
        return partition.begin + days(1);
    const year_month_day begin{floor<days>(sys_time<milliseconds>(partition.begin))};
    return sys_days((begin.year() / begin.month() / 1) + months(1)).time_since_epoch();
}

} // namespace

int crateSchemaVersion()
{
    return static_cast<int>(steps().size());
}

std::vector<std::string> crateTableNames()
{
    std::vector<std::string> names;
    for (const CrateTableForm &form : crateTableForms())
        names.emplace_back(form.name);
    return names;
}

std::string crateSchemaText(const CrateSchemaOptions &options)
{
    std::string text = "-- The tables of facetrack in CrateDB, version "
                       + std::to_string(crateSchemaVersion()) + "\n";
    for (const CrateTableForm &form : crateTableForms())
        text += std::string("\n-- ") + form.about + "\n" + createTable(form, options, true) + ";\n";
    return text;
}

Result<void> applyCrateSchema(cratedb::Client &client, const CrateSchemaOptions &options,
                              const std::function<void(const std::string &)> &tell)
{
    const auto found = versionIn(client, options.schema);
    if (!found)
        return tl::unexpected(found.error());
    if (*found > crateSchemaVersion())
        return fail(ErrorCode::Unsupported, options.schema,
                    "the tables have version " + std::to_string(*found) + ", this program knows "
                        + std::to_string(crateSchemaVersion()),
                    "use the newer facetrack-agentd");
    // A version that was noted does not say that nobody has dropped a table since.
    if (*found > 0) {
        if (auto made = run(client, missingTables(options)); !made)
            return made;
    }
    for (int version = *found + 1; version <= crateSchemaVersion(); ++version) {
        if (auto done = applyStep(client, options, version); !done)
            return done;
        tell("version " + std::to_string(version) + " "
             + steps()[static_cast<std::size_t>(version - 1)].about);
    }
    tell("the tables in schema " + options.schema + " have version "
         + std::to_string(crateSchemaVersion()));
    return {};
}

Result<std::vector<CratePartition>> partitionsBefore(cratedb::Client &client,
                                                     const std::string &schema, UtcTime before)
{
    std::vector<CratePartition> found;
    for (const CrateTableForm &form : crateTableForms()) {
        if (!form.partition)
            continue;
        const auto answer = client.ask(
            std::string("SELECT values['") + form.partition
                + "'] FROM information_schema.table_partitions"
                  " WHERE table_schema = ? AND table_name = ?",
            {schema, form.name});
        if (!answer)
            return tl::unexpected(answer.error());
        for (const nlohmann::json &row : answer->at("rows")) {
            // A number, or the same as text.
            const nlohmann::json &value = row.at(0);
            const std::int64_t begin = value.is_number_integer() ? value.get<std::int64_t>()
                                       : value.is_string()
                                           ? std::atoll(value.get<std::string>().c_str())
                                           : before.count();
            const CratePartition partition{form.name, form.partition, UtcTime(begin)};
            if (endOf(partition) <= before)
                found.push_back(partition);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) {
        return a.begin < b.begin;
    });
    return found;
}

Result<void> dropPartition(cratedb::Client &client, const std::string &schema,
                           const CratePartition &partition)
{
    // With nothing but the partition's own column in the condition, CrateDB drops it as a whole.
    const auto done = client.ask("DELETE FROM " + tableName(schema, partition.table) + " WHERE "
                                     + quotedName(partition.column) + " = ?",
                                 {isoTime(partition.begin)});
    if (!done)
        return tl::unexpected(done.error());
    return {};
}

} // namespace facetrack
