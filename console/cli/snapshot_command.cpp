#include "console/cli/fleet.h"
#include "libfacetrack/base/file_text.h"

#include <cstdio>
#include <unistd.h>

namespace facetrack::cli {

namespace {

/// A file's name must not lead to another folder, whatever the agent calls itself.
std::string fileName(const std::string &agent)
{
    std::string name = agent;
    for (char &c : name) {
        if (c == '/' || static_cast<unsigned char>(c) < ' ' || c == '\x7f')
            c = '_';
    }
    return (name.starts_with('.') ? "_" + name : name) + ".jpg";
}

Result<void> write(const std::string &file, const QByteArray &jpeg)
{
    if (file != "-")
        return replaceText(file, {jpeg.constData(), static_cast<std::size_t>(jpeg.size())});
    const auto size = static_cast<std::size_t>(jpeg.size());
    if (std::fwrite(jpeg.constData(), 1, size, stdout) != size || std::fflush(stdout) != 0)
        return fail(ErrorCode::Io, "standard output", "cannot be written");
    return {};
}

AgentClient::Query queryOf(const SnapshotOptions &options)
{
    AgentClient::Query query;
    if (options.width)
        query["width"] = std::to_string(*options.width);
    if (!options.boxes)
        query["overlay"] = "0";
    return query;
}

} // namespace

int snapshotCommand(const CommonOptions &common, const SnapshotOptions &options)
{
    const auto known = KnownAgents::load(common.known);
    if (!known)
        return refuse(known.error(), ExitRefused);
    const auto targets = targetsFor(common.agents, *known, WithoutAgents::All);
    if (!targets)
        return refuse(targets.error());
    const bool folder = std::filesystem::is_directory(options.output);
    const bool toStdout = options.output == "-";
    if (targets->size() > 1 && !options.output.empty() && !folder)
        return refuse({ErrorCode::InvalidArgument, options.output, "is one file for several pictures",
                       "give a folder, or one agent with --agents"});
    if (toStdout && common.json)
        return refuse({ErrorCode::InvalidArgument, "-o -", "leaves no place for --json", "give a file"});
    if (toStdout && ::isatty(STDOUT_FILENO))
        return refuse({ErrorCode::InvalidArgument, "-o -", "would write a picture to the terminal",
                       "redirect it, or give a file"});
    const auto outcomes = askAll(*targets, common, [&](Conversation &conversation, Outcome &outcome)
                                                       -> AgentResult<void> {
        const auto picture = conversation.wait<AgentSnapshot>([&](QObject *context, auto done) {
            conversation.client().snapshot(queryOf(options), context, std::move(done));
        });
        if (!picture)
            return tl::unexpected(picture.error());
        std::string file = options.output;
        if (folder)
            file = (std::filesystem::path(file) / fileName(outcome.agent)).string();
        else if (file.empty())
            file = fileName(outcome.agent);
        if (const auto written = write(file, picture->jpeg); !written)
            return tl::unexpected(failureOf(written.error(), AgentTrouble::Refused));
        outcome.result = {{"file", file}, {"bytes", picture->jpeg.size()}};
        if (!toStdout)
            outcome.lines.push_back(file + ", " + std::to_string(picture->jpeg.size() / 1024) + " KiB");
        return {};
    });
    return print("snapshot", common, outcomes);
}

} // namespace facetrack::cli
