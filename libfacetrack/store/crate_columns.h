#pragma once
#include <vector>

namespace facetrack {

struct CrateColumn
{
    const char *name;
    const char *type; ///< with its constraints
    const char *about;
};

/// A table as it is made in an empty database.
struct CrateTableForm
{
    const char *name;
    const char *about;
    std::vector<CrateColumn> columns;
    const char *primaryKey;
    const char *partition; ///< column, or null
    bool manyShards;       ///< as many as the settings say; one otherwise
};

const std::vector<CrateTableForm> &crateTableForms();

} // namespace facetrack
