#include "libfacetrack/agent/upload_figures.h"

#include "libfacetrack/base/iso_time.h"

#include <chrono>
#include <nlohmann/json.hpp>

namespace facetrack {

nlohmann::ordered_json uploadJson(const UploadState &upload)
{
    auto endpoints = nlohmann::ordered_json::array();
    for (const net::EndpointState &endpoint : upload.endpoints)
        endpoints.push_back({{"url", endpoint.url},
                             {"healthy", endpoint.healthy},
                             {"error", endpoint.error},
                             {"requests", endpoint.requests},
                             {"failures", endpoint.failures}});
    const bool ever = upload.lastSuccess.count() != 0;
    return {{"state", uploadPhaseName(upload.phase)},
            {"error", upload.error},
            {"retry_in_s", std::chrono::duration<double>(upload.retryIn).count()},
            {"delivered", upload.delivered},
            {"refused", upload.refused},
            {"rate", upload.rate},
            {"batch_rows", upload.batchRows},
            {"under_way", upload.underWay},
            {"requests", upload.requests},
            {"failures", upload.failures},
            {"last_success", ever ? isoTime(upload.lastSuccess) : std::string()},
            {"endpoints", endpoints}};
}

void writeUploadMetrics(MetricsWriter &to, const UploadState &upload)
{
    to.info("facetrack_upload_info", "What delivery is doing, and the last trouble",
            std::string("state=\"") + uploadPhaseName(upload.phase) + "\",error=\""
                + escapedLabel(upload.error) + "\"");
    to.gauge("facetrack_upload_refused", "1 while the receiver refuses everything for good",
             upload.phase == UploadPhase::Refused ? 1 : 0);
    to.gauge("facetrack_upload_waiting", "1 while trouble that may pass holds the upload up",
             upload.phase == UploadPhase::Waiting ? 1 : 0);
    to.gauge("facetrack_upload_rate", "Records delivered per second, recent", upload.rate);
    to.counter("facetrack_upload_delivered_total", "Records delivered in this run",
               upload.delivered);
    to.counter("facetrack_upload_refused_total",
               "Records put into quarantine in this run, because the receiver refused them",
               upload.refused);
    to.counter("facetrack_upload_requests_total", "Batches sent", upload.requests);
    to.counter("facetrack_upload_failures_total", "Attempts that nobody took", upload.failures);
    to.gauge("facetrack_upload_last_success_timestamp_seconds",
             "When records were last delivered, 0 for never in this run",
             std::chrono::duration<double>(upload.lastSuccess).count());
    std::vector<MetricsWriter::Labelled> healthy;
    for (const net::EndpointState &endpoint : upload.endpoints)
        healthy.push_back({"endpoint=\"" + escapedLabel(endpoint.url) + "\"",
                           endpoint.healthy ? 1.0 : 0.0});
    to.gauges("facetrack_upload_endpoint_healthy", "1 while this server takes requests", healthy);
}

} // namespace facetrack
