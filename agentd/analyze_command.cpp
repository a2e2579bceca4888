#include "agentd/commands.h"
#include "agentd/progress.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/capture/capture_source.h"
#include "libfacetrack/config/load.h"
#include "libfacetrack/pipeline/analyze.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace facetrack {

namespace {

long long mediaMilliseconds(const AnalysedFrame &result)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(result.frame->captured()).count();
}

/// Five decimals are a hundredth of a pixel; more would only be noise in files and diffs.
double rounded(float value)
{
    return std::round(static_cast<double>(value) * 1e5) / 1e5;
}

void print(const nlohmann::ordered_json &line)
{
    std::printf("%s\n", jsonText(line).c_str());
}

void printJson(const AnalysedFrame &result)
{
    nlohmann::ordered_json line;
    line["frame"] = result.sequence;
    if (!result.frame->file().empty())
        line["file"] = result.frame->file();
    line["ts_ms"] = mediaMilliseconds(result);
    line["width"] = result.frame->width();
    line["height"] = result.frame->height();
    line["faces"] = nlohmann::ordered_json::array();
    for (const Track &face : result.faces) {
        line["faces"].push_back({{"x", rounded(face.box.x)},
                                 {"y", rounded(face.box.y)},
                                 {"w", rounded(face.box.w)},
                                 {"h", rounded(face.box.h)},
                                 {"score", rounded(face.score)},
                                 {"track", face.id}});
    }
    print(line);
}

void printVisit(const Visit &visit)
{
    const auto begin
        = std::chrono::duration_cast<std::chrono::milliseconds>(visit.begun).count();
    nlohmann::ordered_json row{{"track", visit.track},
                               {"start_ms", begin},
                               {"end_ms", begin + visit.duration.count()},
                               {"dwell_ms", visit.dwell.count()}};
    if (!visit.zone.empty())
        row["zone"] = visit.zone;
    else
        row["crossings"] = nlohmann::ordered_json::array();
    for (const Crossing &crossing : visit.crossings)
        row["crossings"].push_back({{"line", crossing.line},
                                    {"way", crossing.way},
                                    {"ts_ms", begin + crossing.at.count()}});
    row["size"] = rounded(visit.size);
    row["observations"] = visit.observations;
    row["complete"] = visit.complete;
    print({{"visit", row}});
}

/// RFC 4180: a field with a comma, quote or line break stands in quotes, quotes doubled.
std::string csvField(const std::string &text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

/// One line per face; a frame without faces has one line with empty face columns, so that
/// "looked and found nobody" is in the table too.
void printCsv(const AnalysedFrame &result)
{
    char frame[128];
    std::snprintf(frame, sizeof frame, "%llu,%lld,%d,%d",
                  static_cast<unsigned long long>(result.sequence), mediaMilliseconds(result),
                  result.frame->width(), result.frame->height());
    const std::string file = csvField(result.frame->file());
    if (result.faces.empty())
        std::printf("%s,%s,0,,,,,,\n", frame, file.c_str());
    for (const Track &face : result.faces)
        std::printf("%s,%s,%zu,%.5f,%.5f,%.5f,%.5f,%.3f,%u\n", frame, file.c_str(),
                    result.faces.size(), static_cast<double>(face.box.x),
                    static_cast<double>(face.box.y), static_cast<double>(face.box.w),
                    static_cast<double>(face.box.h), static_cast<double>(face.score), face.id);
}

double seconds(std::chrono::milliseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

void printSummary(const AnalyzeSummary &summary, std::vector<std::chrono::milliseconds> &dwells)
{
    std::fprintf(stderr,
                 "%llu frames, %llu detections, %.2f s wall, %.2f s CPU, %.1f frames per second\n",
                 static_cast<unsigned long long>(summary.frames),
                 static_cast<unsigned long long>(summary.detections), summary.wallSeconds,
                 summary.cpuSeconds, summary.framesPerSecond());
    const double frames = std::max(1.0, static_cast<double>(summary.frames));
    std::fprintf(stderr,
                 "%.1f ms CPU a frame, %.1f whole-frame looks, %.1f regions and %.2f million pixels a frame\n",
                 1000 * summary.cpuSeconds / frames, summary.wholeLooks,
                 static_cast<double>(summary.regions) / frames,
                 static_cast<double>(summary.pixels) / frames / 1e6);
    std::sort(dwells.begin(), dwells.end());
    if (!dwells.empty())
        std::fprintf(stderr, "%zu visits, from %.1f to %.1f s, median %.1f s\n", dwells.size(),
                     seconds(dwells.front()), seconds(dwells.back()),
                     seconds(dwells[dwells.size() / 2]));
    else
        std::fputs("0 visits\n", stderr);
}

} // namespace

int analyzeCommand(const AnalyzeOptions &options, const StopSignal &stop)
{
    const auto config = loadConfig(std::nullopt, options.sets);
    if (!config)
        return refuse(asError(config.error()));
    auto source = openSource(options.source, Pacing::AsFastAsPossible);
    if (!source)
        return refuse(source.error());

    const bool csv = options.format == "csv";
    if (csv && options.visits)
        return refuse({ErrorCode::InvalidArgument, "--visits", "has no place in a CSV table",
                       "leave out --format csv"});
    if (csv)
        std::puts("frame,ts_ms,width,height,file,faces,x,y,w,h,score,track");
    Progress progress((*source)->expectedFrames());
    AnalyzeSummary summary;
    std::vector<std::chrono::milliseconds> dwells;
    const auto outcome = analyze(
        **source, config->tuning, stop.token(),
        [&](const AnalysedFrame &result) {
            csv ? printCsv(result) : printJson(result);
            if (std::ferror(stdout)) // whoever read it has gone, such as `head`
                stop.request();
            progress.update(result.sequence + 1);
        },
        summary,
        [&](const Visit &visit) {
            if (visit.zone.empty())
                dwells.push_back(visit.dwell);
            if (options.visits)
                printVisit(visit);
        });
    progress.clear();
    if (std::fflush(stdout) != 0 || std::ferror(stdout))
        return refuse({ErrorCode::Io, "standard output", "cannot be written", {}});
    printSummary(summary, dwells);
    if (!outcome)
        return refuse(outcome.error());
    return stop.token().stop_requested() ? ExitInterrupted : 0;
}

} // namespace facetrack
