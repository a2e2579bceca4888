#include "console/tune/setting_text.h"

#include <QStringList>
#include <algorithm>

namespace facetrack::console {

Result<nlohmann::json> settingsFrom(const QString &text, const std::vector<Parameter> &schema)
{
    nlohmann::json values = nlohmann::json::object();
    for (const QString &item : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const std::string key = item.section(QLatin1Char('='), 0, 0).trimmed().toStdString();
        if (key.empty() && item.trimmed().isEmpty())
            continue;
        const auto parameter = std::find_if(schema.begin(), schema.end(),
                                            [&](const Parameter &one) { return one.key == key; });
        if (parameter == schema.end() || parameter->applies != Applies::NextFrame)
            return fail(ErrorCode::InvalidArgument, key, "is no setting that can be tried",
                        "write it as KEY=VALUE, such as detect.min_neighbors=6");
        const auto value = parse(*parameter, item.section(QLatin1Char('='), 1).trimmed().toStdString());
        if (!value)
            return tl::unexpected(value.error());
        values[key] = toJson(*value);
    }
    return values;
}

} // namespace facetrack::console
