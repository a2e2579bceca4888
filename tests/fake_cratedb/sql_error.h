// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace fake {

/// A failure as CrateDB tells it: an HTTP status, a code of its own and "Exception[words]".
/// Thrown anywhere under a statement and turned into an answer in one place: a stand-in has no
/// callers that could do anything else with it.
class SqlError : public std::runtime_error
{
public:
    SqlError(int httpStatus, int errorCode, const std::string &message)
        : std::runtime_error(message), text(message), status(httpStatus), code(errorCode)
    {
    }

    std::string text; ///< what() would end at a zero byte that a body had in it
    int status;
    int code;
};

inline SqlError parseError(const std::string &what)
{
    return SqlError(400, 4000, "SQLParseException[" + what + "]");
}

inline SqlError syntaxError(const std::string &what)
{
    return SqlError(400, 4000, "ParsingException[" + what + "]");
}

inline SqlError relationUnknown(const std::string &name)
{
    return SqlError(404, 4041, "RelationUnknown[Relation '" + name + "' unknown]");
}

inline SqlError schemaUnknown(const std::string &name)
{
    return SqlError(404, 4045, "SchemaUnknownException[Schema '" + name + "' unknown]");
}

inline SqlError columnUnknown(const std::string &name)
{
    return SqlError(404, 4043, "ColumnUnknownException[Column " + name + " unknown]");
}

inline SqlError unsupported(const std::string &what)
{
    return SqlError(400, 4004, "UnsupportedFeatureException[" + what + "]");
}

inline SqlError inaccessible(const std::string &table, const std::string &operation, bool closed)
{
    return SqlError(400, 4007, "OperationOnInaccessibleRelationException[The relation \"" + table
        + "\" doesn't support or allow " + operation + " operations"
        + (closed ? ", as it is currently closed.]" : "]"));
}

} // namespace fake
