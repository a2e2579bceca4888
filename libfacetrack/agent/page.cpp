#include "libfacetrack/agent/page.h"

#include <QFile>

namespace facetrack {

namespace {

struct PageFile
{
    const char *path;
    const char *resource;
    const char *contentType;
};

// Everything the page needs comes from the agent: it works without the Internet. The description of
// the API is such a file too.
constexpr PageFile Files[] = {
    {"/", ":/facetrack/page/index.html", "text/html; charset=utf-8"},
    {"/page.css", ":/facetrack/page/page.css", "text/css; charset=utf-8"},
    {"/page.js", ":/facetrack/page/page.js", "text/javascript; charset=utf-8"},
    {"/tuning.js", ":/facetrack/page/tuning.js", "text/javascript; charset=utf-8"},
    {"/shapes.js", ":/facetrack/page/shapes.js", "text/javascript; charset=utf-8"},
    {"/api/v1/openapi.yaml", ":/facetrack/openapi.yaml", "application/yaml"},
    {"/icon.svg", ":/facetrack/page/icon.svg", "image/svg+xml"},
};

std::string readResource(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

std::string pageText(const char *name)
{
    return readResource(QStringLiteral(":/facetrack/page/") + QLatin1StringView(name));
}

void addPageRoutes(http::Server &server)
{
    for (const PageFile &file : Files) {
        const http::Bytes body = http::makeBytes(readResource(QLatin1StringView(file.resource)));
        const std::string type = file.contentType;
        server.route("GET", file.path, http::answer([body, type](const http::Request &) {
            http::Response response;
            response.contentType = type;
            response.body = body;
            response.headers = {{"Content-Security-Policy", std::string(pagePolicy)}};
            return response;
        }));
    }
}

} // namespace facetrack
