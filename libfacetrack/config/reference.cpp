#include "libfacetrack/config/reference.h"
#include "libfacetrack/config/schema.h"

#include <algorithm>

namespace facetrack {

namespace {

const char *appliesWords(Applies applies)
{
    return applies == Applies::NextFrame ? "takes effect at the next frame"
                                         : "takes effect at the next start";
}

std::string defaultWords(const Parameter &parameter)
{
    const std::string text = display(parameter, parameter.defaultValue);
    return text.empty() ? "empty" : text;
}

/// Breaks `text` at spaces into lines of at most `width`, each after the first with `margin`.
std::string wrapped(const std::string &text, std::size_t width, std::size_t margin)
{
    std::string lines;
    std::size_t start = 0;
    while (text.size() - start > width) {
        const std::size_t space = text.rfind(' ', start + width);
        const bool fits = space != text.npos && space > start;
        const std::size_t end = fits ? space : std::min(text.find(' ', start), text.size());
        lines += text.substr(start, end - start) + "\n" + std::string(margin, ' ');
        start = std::min(end + 1, text.size());
    }
    return lines + text.substr(start);
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

/// In a Markdown table a bar would end the cell.
std::string cell(const std::string &text)
{
    std::string result;
    for (const char c : text)
        result += c == '|' ? "\\|" : std::string(1, c);
    return result;
}

std::string markdownRow(const Parameter &parameter)
{
    const std::string value = toText(parameter.defaultValue);
    std::string about = parameter.label + ". " + parameter.doc + ".";
    for (const Choice &choice : parameter.choices)
        about += " `" + choice.value + "`: " + choice.about + ".";
    if (parameter.visibleWhen)
        about += " Only with `" + parameter.visibleWhen->key + " = "
                 + parameter.visibleWhen->equals + "`.";
    const std::string shown = value.empty() ? "" : "`" + defaultWords(parameter) + "`";
    return "| `" + parameter.key + "` | " + cell(shown) + " | " + cell(limits(parameter)) + " | "
           + cell(about) + " |\n";
}

} // namespace

std::string parameterTable(std::size_t columns)
{
    std::size_t keys = 0;
    for (const Parameter &parameter : parameters())
        keys = std::max(keys, parameter.key.size());
    // Wide enough for nearly all defaults; a longer one pushes its neighbour aside.
    constexpr std::size_t defaults = 14;
    const std::size_t margin = keys + defaults + 6;
    const std::size_t width = std::max(columns, std::size_t{70}) - margin;
    std::string table = "  " + padded("KEY", keys + 2) + padded("DEFAULT", defaults + 2)
                        + "ACCEPTED\n";
    std::string group;
    for (const Parameter &parameter : parameters()) {
        if (parameter.group != group)
            table += "\n" + parameter.group + ": each " + appliesWords(parameter.applies) + "\n";
        group = parameter.group;
        const std::string value = defaultWords(parameter);
        table += "  " + padded(parameter.key, keys + 2) + padded(value, defaults + 2);
        if (value.size() > defaults)
            table += "\n" + std::string(margin, ' ');
        table += wrapped(limits(parameter), width, margin) + "\n      "
                 + wrapped(parameter.label + ": " + parameter.doc, margin + width - 6, 6) + "\n";
    }
    return table;
}

std::string exampleToml()
{
    std::string text = "# Configuration of facetrack-agentd. Every value here is the default;\n"
                       "# take the # away from a line to change it.\n";
    std::string group;
    for (const Parameter &parameter : parameters()) {
        if (parameter.group != group)
            text += "\n[" + parameter.group + "] # each " + appliesWords(parameter.applies) + "\n";
        group = parameter.group;
        text += "# " + parameter.label + ": " + parameter.doc + ".\n";
        text += "# " + limits(parameter) + "\n";
        for (const Choice &choice : parameter.choices)
            text += "#   " + choice.value + ": " + choice.about + "\n";
        text += "#" + parameter.name() + " = "
                + toToml(parameter.secret ? Value(std::string()) : parameter.defaultValue) + "\n";
    }
    return text;
}

std::string parametersMarkdown()
{
    std::string text
        = "# Parameters\n\n"
          "Made from the schema in `libfacetrack/config/schema_*.cpp`; change it there, then run\n"
          "`facetrack-agentd parameters --markdown > docs/parameters.md`. A test compares the two.\n"
          "\n"
          "Values come from, each over the one before: the default, the configuration file\n"
          "(`--config`, by default `/etc/facetrack/agentd.toml`), `--set KEY=VALUE`, and flags such\n"
          "as `--listen`. `facetrack-agentd parameters --example-toml` prints a file to begin with.\n";
    std::string group;
    for (const Parameter &parameter : parameters()) {
        if (parameter.group != group)
            text += "\n## " + parameter.group + "\nEach " + appliesWords(parameter.applies)
                    + ".\n\n| key | default | accepted | meaning |\n|---|---|---|---|\n";
        group = parameter.group;
        text += markdownRow(parameter);
    }
    return text;
}

} // namespace facetrack
