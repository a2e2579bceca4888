// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/lexer.h"

#include "tests/fake_cratedb/sql_error.h"

#include <algorithm>
#include <cctype>

namespace fake {

namespace {

bool isWordStart(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool isWordPart(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

TokenStream::TokenStream(std::string_view sql) : m_sql(sql)
{
    scan();
    add(Token::Kind::End, {}, m_sql.size(), m_sql.size());
}

void TokenStream::add(Token::Kind kind, std::string text, std::size_t begin, std::size_t end)
{
    m_tokens.push_back(
        {kind, std::move(text), std::string(m_sql.substr(begin, end - begin)), 0, begin, end});
}

std::size_t TokenStream::skipBlank(std::size_t at) const
{
    for (;;) {
        while (at < m_sql.size() && std::isspace(static_cast<unsigned char>(m_sql[at])) != 0)
            ++at;
        std::size_t end = std::string_view::npos;
        if (m_sql.substr(at).starts_with("--"))
            end = m_sql.find('\n', at);
        else if (m_sql.substr(at).starts_with("/*"))
            end = m_sql.find("*/", at) == std::string_view::npos ? end : m_sql.find("*/", at) + 2;
        else
            return at;
        at = std::min(end, m_sql.size());
    }
}

void TokenStream::scan()
{
    std::size_t at = skipBlank(0);
    while (at < m_sql.size()) {
        const char c = m_sql[at];
        if (c == '\'')
            at = scanQuoted(at, c, Token::Kind::String);
        else if (c == '"' || c == '`')
            at = scanQuoted(at, c, Token::Kind::Quoted);
        else if (isDigit(c) || (c == '.' && at + 1 < m_sql.size() && isDigit(m_sql[at + 1])))
            at = scanNumber(at);
        else if (isWordStart(c) || c == '$')
            at = scanWord(at);
        else
            at = scanSymbol(at);
        at = skipBlank(at);
    }
}

std::size_t TokenStream::scanQuoted(std::size_t at, char quote, Token::Kind kind)
{
    const std::size_t begin = at++;
    std::string text;
    for (;; ++at) {
        if (at >= m_sql.size())
            throw syntaxError("line 1:" + std::to_string(begin + 1) + ": mismatched input");
        if (m_sql[at] == quote) {
            if (at + 1 >= m_sql.size() || m_sql[at + 1] != quote)
                break;
            ++at;
        }
        text += m_sql[at];
    }
    add(kind, std::move(text), begin, at + 1);
    return at + 1;
}

std::size_t TokenStream::scanNumber(std::size_t at)
{
    const std::size_t begin = at;
    const auto digits = [&] {
        while (at < m_sql.size() && isDigit(m_sql[at]))
            ++at;
    };
    digits();
    if (at < m_sql.size() && m_sql[at] == '.') {
        ++at;
        digits();
    }
    if (at < m_sql.size() && (m_sql[at] == 'e' || m_sql[at] == 'E')) {
        const std::size_t sign = at + 1;
        const bool hasSign = sign < m_sql.size() && (m_sql[sign] == '+' || m_sql[sign] == '-');
        const std::size_t digit = hasSign ? sign + 1 : sign;
        if (digit < m_sql.size() && isDigit(m_sql[digit])) {
            at = digit;
            digits();
        }
    }
    add(Token::Kind::Number, std::string(m_sql.substr(begin, at - begin)), begin, at);
    return at;
}

std::size_t TokenStream::scanWord(std::size_t at)
{
    const std::size_t begin = at++;
    while (at < m_sql.size() && isWordPart(m_sql[at]))
        ++at;
    const std::string_view text = m_sql.substr(begin, at - begin);
    if (text[0] != '$') {
        add(Token::Kind::Word, lower(text), begin, at);
        return at;
    }
    add(Token::Kind::Parameter, std::string(text), begin, at);
    const int parameter = std::atoi(std::string(text.substr(1, 6)).c_str());
    if (parameter < 1 || parameter > 65535)
        throw syntaxError("line 1:" + std::to_string(begin + 1) + ": mismatched input '$'");
    m_tokens.back().parameter = parameter;
    m_parameters = std::max(m_parameters, m_tokens.back().parameter);
    return at;
}

std::size_t TokenStream::scanSymbol(std::size_t at)
{
    static constexpr std::string_view Pairs[] = {"::", "<=", ">=", "<>", "!=", "||", "!~", "~*"};
    if (m_sql[at] == '?') {
        add(Token::Kind::Parameter, "?", at, at + 1);
        m_tokens.back().parameter = ++m_parameters;
        return at + 1;
    }
    for (const std::string_view pair : Pairs) {
        if (m_sql.substr(at).starts_with(pair)) {
            add(Token::Kind::Symbol, std::string(pair), at, at + 2);
            return at + 2;
        }
    }
    add(Token::Kind::Symbol, std::string(1, m_sql[at]), at, at + 1);
    return at + 1;
}

const Token &TokenStream::peek(std::size_t ahead) const
{
    return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
}

Token TokenStream::take()
{
    const Token token = peek();
    if (m_at + 1 < m_tokens.size())
        ++m_at;
    return token;
}

bool TokenStream::is(std::string_view text, std::size_t ahead) const
{
    const Token &token = peek(ahead);
    return (token.kind == Token::Kind::Word || token.kind == Token::Kind::Symbol)
        && token.text == text;
}

bool TokenStream::accept(std::string_view text)
{
    if (!is(text))
        return false;
    take();
    return true;
}

bool TokenStream::acceptAll(std::initializer_list<std::string_view> texts)
{
    std::size_t ahead = 0;
    for (const std::string_view text : texts) {
        if (!is(text, ahead++))
            return false;
    }
    m_at += texts.size();
    return true;
}

void TokenStream::expect(std::string_view text)
{
    if (!accept(text))
        fail();
}

std::string TokenStream::identifier()
{
    if (peek().kind != Token::Kind::Word && peek().kind != Token::Kind::Quoted)
        fail();
    return take().text;
}

long long TokenStream::integer()
{
    if (peek().kind != Token::Kind::Number)
        fail();
    return std::atoll(take().text.c_str());
}

void TokenStream::fail() const
{
    const Token &token = peek();
    const std::string_view before = m_sql.substr(0, token.begin);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t start = before.rfind('\n');
    const std::size_t column = token.begin - (start == std::string_view::npos ? 0 : start + 1);
    const std::string found = token.kind == Token::Kind::End ? "<EOF>" : token.raw;
    throw syntaxError("line " + std::to_string(line) + ":" + std::to_string(column + 1)
        + ": mismatched input '" + found + "'");
}

void TokenStream::skipBrackets()
{
    expect("(");
    for (int depth = 1; depth > 0;) {
        if (atEnd())
            fail();
        if (is("("))
            ++depth;
        else if (is(")"))
            --depth;
        take();
    }
}

std::string_view TokenStream::between(std::size_t from, std::size_t to) const
{
    if (to <= from)
        return {};
    return m_sql.substr(m_tokens[from].begin, m_tokens[to - 1].end - m_tokens[from].begin);
}

} // namespace fake
