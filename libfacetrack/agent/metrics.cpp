#include "libfacetrack/agent/agent_status.h"
#include "libfacetrack/agent/health_figures.h"
#include "libfacetrack/agent/journal_figures.h"
#include "libfacetrack/agent/upload_figures.h"
#include "libfacetrack/agent/metrics_writer.h"

namespace facetrack {

namespace {

using Writer = MetricsWriter;

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
    to.counter("facetrack_failed_frames_total", "Frames that the detector could not look at",
               analysis.failed);
    to.counter("facetrack_skipped_frames_total",
               "Frames captured but not analysed, because the detector was busy", analysis.skipped);
    to.counter("facetrack_held_back_frames_total",
               "Of the skipped frames, those left out because detect.cpu_budget was spent",
               analysis.heldBack);
    to.counter("facetrack_detection_cpu_seconds_total", "CPU time that detection took",
               analysis.cpuSeconds);
    to.counter("facetrack_whole_looks_total",
               "Whole-frame looks for faces, those made in parts summed", analysis.wholeLooks);
    to.counter("facetrack_region_looks_total", "Looks around faces expected there",
               analysis.regions);
    to.counter("facetrack_looked_pixels_total", "Pixels read by the detector, in all scales",
               analysis.pixels);
    to.counter("facetrack_faces_total", "Face detections, summed over frames", analysis.faces);
    to.gauge("facetrack_faces_now", "Faces in the newest analysed frame", analysis.facesNow);
    to.counter("facetrack_visits_total", "Visits begun", analysis.visits);
    to.gauge("facetrack_visitors_now", "Visitors in sight, or lost for a short while",
             analysis.present.visitors);
    to.gauges("facetrack_zone_visitors_now", "Visitors by the zone they were seen in last", "zone",
              analysis.present.zones);
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

} // namespace

std::string metricsText(const AgentStatus &status)
{
    Writer to(status.agent.id);
    to.info("facetrack_agent_info", "Who this agent is",
            "name=\"" + escapedLabel(status.agent.name) + "\",role=\"" + escapedLabel(status.agent.role)
                + "\",location=\"" + escapedLabel(status.agent.location) + "\",version=\""
                + escapedLabel(status.agent.version) + "\"");
    to.gauge("facetrack_uptime_seconds", "Seconds since the agent started",
             std::chrono::duration<double>(status.uptime).count());
    to.gauge("facetrack_healthy", "1 while nothing is wrong", whatIsWrong(status).empty() ? 1 : 0);
    writeSource(to, status.source);
    writeAnalysis(to, status.analysis);
    writeStream(to, status.stream);
    to.gauge("facetrack_clock_trusted", "1 while the machine's clock is believed",
             status.clock.trusted ? 1 : 0);
    writeHealthMetrics(to, status.health);
    writeJournalMetrics(to, status.journal, status.now);
    if (status.upload)
        writeUploadMetrics(to, *status.upload);
    to.gauge("facetrack_http_connections", "Open HTTP connections", status.connections);
    to.counter("facetrack_http_requests_total", "HTTP requests", status.requests);
    return to.take();
}

} // namespace facetrack
