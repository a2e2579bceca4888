#include "agentd/commands.h"
#include "agentd/progress.h"
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
    const std::string text
        = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    std::printf("%s\n", text.c_str());
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

void printSummary(const AnalyzeSummary &summary)
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
    if (csv)
        std::puts("frame,ts_ms,width,height,file,faces,x,y,w,h,score,track");
    Progress progress((*source)->expectedFrames());
    AnalyzeSummary summary;
    const auto outcome = analyze(
        **source, config->tuning, stop.token(),
        [&](const AnalysedFrame &result) {
            csv ? printCsv(result) : printJson(result);
            progress.update(result.sequence + 1);
        },
        summary);
    progress.clear();
    if (std::fflush(stdout) != 0 || std::ferror(stdout))
        return refuse({ErrorCode::Io, "standard output", "cannot be written", {}});
    printSummary(summary);
    if (!outcome)
        return refuse(outcome.error());
    return stop.token().stop_requested() ? ExitInterrupted : 0;
}

} // namespace facetrack
