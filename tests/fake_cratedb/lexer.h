// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fake {

struct Token
{
    enum class Kind { Word, Quoted, String, Number, Parameter, Symbol, End };

    Kind kind = Kind::End;
    std::string text;  ///< a word in lower case, a string or name without quotes, a symbol
    std::string raw;   ///< as written
    int parameter = 0; ///< $n, or the how manieth ? it is
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The statement as tokens with a place in them. Parsers take what they know and complain about the
/// rest in CrateDB's words.
class TokenStream
{
public:
    explicit TokenStream(std::string_view sql);

    const Token &peek(std::size_t ahead = 0) const;
    Token take();
    bool atEnd() const { return peek().kind == Token::Kind::End; }

    /// A keyword or a symbol, unquoted.
    bool is(std::string_view text, std::size_t ahead = 0) const;
    bool accept(std::string_view text);
    /// Several in a row, all or none.
    bool acceptAll(std::initializer_list<std::string_view> texts);
    void expect(std::string_view text);
    std::string identifier();
    long long integer();
    /// Complains about the token here.
    [[noreturn]] void fail() const;
    /// Past a bracketed part that is open here.
    void skipBrackets();

    std::size_t position() const { return m_at; }
    void seek(std::size_t position) { m_at = position; }
    std::string_view sql() const { return m_sql; }
    /// What is written from one token to before another.
    std::string_view between(std::size_t from, std::size_t to) const;
    int parameters() const { return m_parameters; }

private:
    void scan();
    std::size_t skipBlank(std::size_t at) const;
    std::size_t scanQuoted(std::size_t at, char quote, Token::Kind kind);
    std::size_t scanNumber(std::size_t at);
    std::size_t scanWord(std::size_t at);
    std::size_t scanSymbol(std::size_t at);
    void add(Token::Kind kind, std::string text, std::size_t begin, std::size_t end);

    std::string_view m_sql;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_parameters = 0;
};

std::string lower(std::string_view text);

} // namespace fake
