#include "libfacetrack/cratedb/answer.h"

#include <nlohmann/json.hpp>

namespace facetrack::cratedb {

namespace {

using Json = nlohmann::json;

constexpr std::size_t longestPlainText = 300;

/// Picks "error" and "results" out of the stream of tokens: a tree of 10,000 small objects would
/// cost more than everything else that is done for a row.
class Picker : public nlohmann::json_sax<Json>
{
public:
    explicit Picker(Answer &answer) : m_answer(answer) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t value) override { return number(value); }
    bool number_unsigned(number_unsigned_t value) override
    {
        return number(static_cast<std::int64_t>(value));
    }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool binary(binary_t &) override { return true; }

    bool string(string_t &text) override
    {
        if (m_key == Key::Message && m_depth == 2 && m_top == Key::Error)
            m_answer.message = std::move(text);
        else if (m_key == Key::Message && m_depth == 4 && inResults())
            m_answer.rows.back().message = std::move(text);
        return true;
    }
    bool key(string_t &name) override
    {
        m_key = keyOf(name);
        if (m_depth == 1)
            m_top = m_key;
        return true;
    }
    bool start_object(std::size_t) override
    {
        // {"results":[{…}]}: the rows are at depth 3, their errors at 4.
        if (++m_depth == 3 && m_top == Key::Results)
            m_answer.rows.emplace_back();
        return true;
    }
    bool end_object() override { --m_depth; return true; }
    bool start_array(std::size_t) override { ++m_depth; return true; }
    bool end_array() override { --m_depth; return true; }
    bool parse_error(std::size_t, const std::string &, const Json::exception &) override
    {
        return false;
    }

private:
    enum class Key { Other, Error, Results, Rowcount, Code, Message };

    static Key keyOf(const std::string &name)
    {
        return name == "rowcount" ? Key::Rowcount
               : name == "error"  ? Key::Error
               : name == "results" ? Key::Results
               : name == "code"    ? Key::Code
               : name == "message" ? Key::Message
                                   : Key::Other;
    }
    bool inResults() const { return m_top == Key::Results && !m_answer.rows.empty(); }

    bool number(std::int64_t value)
    {
        if (m_key == Key::Rowcount && m_depth == 3 && inResults())
            m_answer.rows.back().rowcount = value;
        else if (m_key == Key::Code && m_depth == 4 && inResults())
            m_answer.rows.back().code = static_cast<int>(value);
        else if (m_key == Key::Code && m_depth == 2 && m_top == Key::Error)
            m_answer.code = static_cast<int>(value);
        return true;
    }

    Answer &m_answer;
    Key m_top = Key::Other;
    Key m_key = Key::Other;
    int m_depth = 0;
};

std::string firstLine(std::string_view text)
{
    return std::string(text.substr(0, std::min(text.find_first_of("\r\n"), longestPlainText)));
}

} // namespace

Answer readAnswer(std::string_view body)
{
    Answer answer;
    Picker picker(answer);
    if (body.starts_with('{') && Json::sax_parse(body, &picker)) {
        answer.isJson = true;
        return answer;
    }
    return {0, firstLine(body), false, {}};
}

} // namespace facetrack::cratedb
