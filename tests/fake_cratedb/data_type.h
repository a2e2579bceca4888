// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace fake {

class TokenStream;
struct ObjectMember;

enum class TypeKind {
    Undefined, Byte, Boolean, Text, Ip, Double, Real, Short, Integer, Bigint, Timestamp, Object,
    LocalTimestamp, Interval, Numeric, Date, Array
};

enum class ObjectPolicy { Dynamic, Strict, Ignored };

/// A type of CrateDB's, as far as this stand-in goes.
struct DataType
{
    TypeKind kind = TypeKind::Undefined;
    ObjectPolicy policy = ObjectPolicy::Dynamic;
    std::shared_ptr<const std::vector<ObjectMember>> members; ///< of an object, may be null
    std::shared_ptr<const DataType> element;                  ///< of an array
    int scale = -1;                                           ///< of a numeric

    DataType() = default;
    DataType(TypeKind which) : kind(which) {} // NOLINT: a kind is a type
    static DataType arrayOf(const DataType &type);

    bool is(TypeKind which) const { return kind == which; }
    bool isInteger() const;
    bool isFloating() const;
    bool isNumber() const { return isInteger() || isFloating() || is(TypeKind::Numeric); }
    bool isTime() const;
    /// Stored as JSON text.
    bool isComplex() const { return is(TypeKind::Object) || is(TypeKind::Array); }
    const DataType *member(const std::string &name) const;

    /// As information_schema and error messages say it: "timestamp with time zone".
    std::string name() const;
    /// As SHOW CREATE TABLE says it, with members indented below.
    std::string definition(int indent) const;
    /// The number (or [100, number]) in `col_types`.
    nlohmann::json typeId() const;
    const char *sqliteAffinity() const;
};

struct ObjectMember
{
    std::string name;
    DataType type;
};

/// Reads a type where the stream stands: TEXT, VARCHAR(n), ARRAY(…), OBJECT(STRICT) AS (…), …
DataType parseType(TokenStream &tokens);

} // namespace fake
