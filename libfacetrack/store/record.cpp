#include "libfacetrack/store/record.h"

#include "libfacetrack/store/body_text.h"

namespace facetrack {

namespace {

constexpr float boxUnits = 10'000;
constexpr float scoreUnits = 1'000;

bool readFace(BodyReader &reader, Track &face)
{
    return reader.mark('[') && reader.fraction(face.box.x, boxUnits) && reader.mark(',')
        && reader.fraction(face.box.y, boxUnits) && reader.mark(',')
        && reader.fraction(face.box.w, boxUnits) && reader.mark(',')
        && reader.fraction(face.box.h, boxUnits) && reader.mark(',')
        && reader.fraction(face.score, scoreUnits) && reader.mark(',') && reader.number(face.id)
        && reader.mark(']');
}

bool readFaces(BodyReader &reader, std::vector<Track> &faces)
{
    if (!reader.mark('['))
        return false;
    if (reader.mark(']'))
        return true;
    do {
        if (!readFace(reader, faces.emplace_back()))
            return false;
    } while (reader.mark(','));
    return reader.mark(']');
}

} // namespace

Record encodeObservation(const Observation &observation, const std::string &agent,
                         const std::string &run)
{
    Record record;
    record.type = RecordType::Observation;
    record.agent = agent;
    record.run = run;
    record.sequence = observation.sequence;
    record.time = observation.time;
    record.clockTrusted = observation.clockTrusted;
    record.faces = static_cast<std::int32_t>(observation.faces.size());
    record.body.reserve(24 + observation.faces.size() * 36);

    BodyWriter writer(record.body);
    writer.mark('[').number(observation.frame.width).mark(',').number(observation.frame.height);
    writer.mark(',').number(observation.revision).mark(',').mark('[');
    bool first = true;
    for (const Track &face : observation.faces) {
        if (!first)
            writer.mark(',');
        first = false;
        writer.mark('[').fraction(face.box.x, boxUnits).mark(',').fraction(face.box.y, boxUnits);
        writer.mark(',').fraction(face.box.w, boxUnits).mark(',').fraction(face.box.h, boxUnits);
        writer.mark(',').fraction(face.score, scoreUnits).mark(',').number(face.id).mark(']');
    }
    writer.mark(']').mark(']');
    return record;
}

Result<Observation> decodeObservation(const Record &record)
{
    Observation observation;
    observation.sequence = record.sequence;
    observation.time = record.time;
    observation.clockTrusted = record.clockTrusted;
    BodyReader reader(record.body);
    const bool fits = record.type == RecordType::Observation && reader.mark('[')
        && reader.number(observation.frame.width) && reader.mark(',')
        && reader.number(observation.frame.height) && reader.mark(',')
        && reader.number(observation.revision) && reader.mark(',')
        && readFaces(reader, observation.faces) && reader.mark(']') && reader.atEnd()
        && observation.faces.size() == static_cast<std::size_t>(record.faces);
    if (!fits)
        return fail(ErrorCode::Corrupt, "record " + record.agent + "/" + record.run + "/"
                        + std::to_string(record.sequence), "its body is not an observation");
    return observation;
}

} // namespace facetrack
