#include "console/cli/token_prompt.h"

#include <cstdio>
#include <termios.h>
#include <unistd.h>

namespace facetrack::cli {

namespace {

constexpr std::size_t longest = 4096;

/// Echo and signals off, so that an interrupt cannot leave the terminal mute.
class MuteTerminal
{
public:
    MuteTerminal()
    {
        ::tcgetattr(STDIN_FILENO, &m_before);
        termios mute = m_before;
        mute.c_lflag &= static_cast<tcflag_t>(~(ECHO | ICANON | ISIG));
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &mute);
    }
    ~MuteTerminal() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before); }

private:
    termios m_before = {};
};

Result<std::string> readKeys()
{
    constexpr char interrupt = 3, end = 4, backspace = 8, quit = 28, erase = 127;
    std::string text;
    char key = 0;
    while (text.size() < longest && ::read(STDIN_FILENO, &key, 1) == 1) {
        if (key == '\n' || key == '\r' || key == end)
            return text;
        if (key == interrupt || key == quit)
            return fail(ErrorCode::Unavailable, {}, "interrupted");
        if ((key == backspace || key == erase) && !text.empty())
            text.pop_back();
        else if (key != backspace && key != erase)
            text += key;
    }
    return text;
}

} // namespace

Result<std::string> askSecret(const std::string &prompt)
{
    if (::isatty(STDIN_FILENO)) {
        std::fputs(prompt.c_str(), stderr);
        std::fflush(stderr);
        const MuteTerminal mute;
        auto typed = readKeys();
        std::fputs("\n", stderr);
        return typed;
    }
    std::string line;
    for (int c = std::getchar(); c != EOF && c != '\n' && line.size() < longest; c = std::getchar())
        line += static_cast<char>(c);
    if (line.ends_with('\r'))
        line.pop_back();
    return line;
}

} // namespace facetrack::cli
