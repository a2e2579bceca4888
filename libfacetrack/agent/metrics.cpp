#include "libfacetrack/agent/agent_status.h"

#include <charconv>

namespace facetrack {

namespace {

/// Escapes a label value as the exposition format asks.
std::string escaped(const std::string &value)
{
    std::string text;
    for (const char c : value) {
        if (c == '\\' || c == '"')
            text += '\\';
        text += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return text;
}

std::string number(double value)
{
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    return {digits, end};
}

/// Writes families of one sample each, all with the agent's label.
class Writer
{
public:
    explicit Writer(const std::string &agent) : m_label("agent=\"" + escaped(agent) + "\"") {}

    template<typename Number>
    void gauge(const char *name, const char *help, Number value)
    {
        sample(name, help, "gauge", static_cast<double>(value), {});
    }
    template<typename Number>
    void counter(const char *name, const char *help, Number value)
    {
        sample(name, help, "counter", static_cast<double>(value), {});
    }
    void info(const char *name, const char *help, const std::string &labels)
    {
        sample(name, help, "gauge", 1, "," + labels);
    }
    std::string take() { return std::move(m_text); }

private:
    void sample(const std::string &name, const char *help, const char *type, double value,
                const std::string &labels)
    {
        m_text += "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n" + name + "{"
                  + m_label + labels + "} " + number(value) + "\n";
    }

    const std::string m_label;
    std::string m_text;
};

void writeSource(Writer &to, const SourceState &source)
{
    to.gauge("facetrack_source_up", "1 while frames come from the source",
             source.phase == SourcePhase::Running ? 1 : 0);
    to.gauge("facetrack_capture_fps", "Frames captured per second", source.fps);
    to.counter("facetrack_captured_frames_total", "Frames captured", source.frames);
    to.counter("facetrack_source_reopened_total", "Times the source had to be opened again",
               source.reopened);
}

void writeAnalysis(Writer &to, const AnalysisState &analysis)
{
    to.gauge("facetrack_detection_fps", "Frames analysed per second", analysis.fps);
    to.gauge("facetrack_detection_seconds", "Time to analyse one frame, recent mean",
             analysis.milliseconds / 1000);
    to.counter("facetrack_analysed_frames_total", "Frames analysed", analysis.analysed);
    to.counter("facetrack_skipped_frames_total",
               "Frames captured but not analysed, because the detector was busy", analysis.skipped);
    to.counter("facetrack_faces_total", "Face detections, summed over frames", analysis.faces);
    to.gauge("facetrack_faces_now", "Faces in the newest analysed frame", analysis.facesNow);
    to.gauge("facetrack_tuning_revision", "Tuning revision of the newest analysed frame",
             analysis.revision);
}

void writeStream(Writer &to, const StreamStatistics &stream)
{
    to.gauge("facetrack_viewers", "Viewers of the live stream", stream.viewers);
    to.gauge("facetrack_stream_fps", "Frames streamed per second", stream.fps);
    to.gauge("facetrack_stream_latency_seconds", "From capture to send, recent",
             stream.latencyMs / 1000);
    to.counter("facetrack_jpeg_encodes_total", "JPEG pictures encoded", stream.encodes);
    to.counter("facetrack_stream_skipped_total", "Pictures that slow viewers skipped",
               stream.skipped);
    to.counter("facetrack_stream_bytes_total", "Bytes offered to viewers", stream.bytes);
}

void writeJournal(Writer &to, const JournalState &journal)
{
    to.gauge("facetrack_journal_rows", "Records in the Journal", journal.rows);
    to.gauge("facetrack_journal_undelivered", "Records waiting for delivery", journal.undelivered);
    to.gauge("facetrack_journal_bytes", "Size of the Journal on disk", journal.bytes);
    to.gauge("facetrack_journal_writable", "1 while the Journal can be written",
             journal.writable ? 1 : 0);
    to.counter("facetrack_journal_committed_total", "Records committed in this run",
               journal.committed);
    to.counter("facetrack_journal_dropped_queue_full_total",
               "Records lost because the disk could not be written", journal.droppedQueueFull);
    to.counter("facetrack_journal_dropped_at_bound_total",
               "Undelivered records removed at the Journal's bound", journal.droppedAtBound);
    to.counter("facetrack_journal_expired_total",
               "Records removed at the Journal's bound without an upload to wait for",
               journal.expired);
}

} // namespace

std::string metricsText(const AgentStatus &status)
{
    Writer to(status.agent.id);
    to.info("facetrack_agent_info", "Who this agent is",
            "name=\"" + escaped(status.agent.name) + "\",role=\"" + escaped(status.agent.role)
                + "\",location=\"" + escaped(status.agent.location) + "\",version=\""
                + escaped(status.agent.version) + "\"");
    to.gauge("facetrack_uptime_seconds", "Seconds since the agent started",
             std::chrono::duration<double>(status.uptime).count());
    to.gauge("facetrack_healthy", "1 while nothing is wrong", whatIsWrong(status).empty() ? 1 : 0);
    writeSource(to, status.source);
    writeAnalysis(to, status.analysis);
    writeStream(to, status.stream);
    writeJournal(to, status.journal);
    to.gauge("facetrack_http_connections", "Open HTTP connections", status.connections);
    to.counter("facetrack_http_requests_total", "HTTP requests", status.requests);
    return to.take();
}

} // namespace facetrack
