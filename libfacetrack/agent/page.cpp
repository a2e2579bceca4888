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
    {"/api/v1/openapi.yaml", ":/facetrack/openapi.yaml", "application/yaml"},
    {"/icon.svg", ":/facetrack/page/icon.svg", "image/svg+xml"},
};

http::Bytes readResource(const char *name)
{
    QFile file(QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        return http::makeBytes({});
    return http::makeBytes(file.readAll().toStdString());
}

} // namespace

void addPageRoutes(http::Server &server)
{
    for (const PageFile &file : Files) {
        const http::Bytes body = readResource(file.resource);
        const std::string type = file.contentType;
        server.route("GET", file.path, http::answer([body, type](const http::Request &) {
            http::Response response;
            response.contentType = type;
            response.body = body;
            response.headers = {{"Content-Security-Policy",
                                 "default-src 'self'; frame-ancestors 'none'; base-uri 'none'"}};
            return response;
        }));
    }
}

} // namespace facetrack
