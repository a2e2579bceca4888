#include "libfacetrack/detect/yunet_nets.h"

#include "libfacetrack/detect/model_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace facetrack {

namespace {

/// Whole frames and the usual sizes of regions; each holds its layers' results, some MB at most.
constexpr std::size_t MostNets = 12;
/// A YuNet has a quarter of a MB; whoever names a film by mistake should not wait for it.
constexpr std::streamsize MostBytes = 64 * 1024 * 1024;

const std::vector<cv::String> &outputNames()
{
    static const std::vector<cv::String> names{"cls_8",  "cls_16",  "cls_32",
                                               "obj_8",  "obj_16",  "obj_32",
                                               "bbox_8", "bbox_16", "bbox_32"};
    return names;
}

tl::unexpected<Error> notAModel(const std::string &file, const std::string &reason)
{
    return fail(ErrorCode::Corrupt, "detect.yunet.model", file + " " + reason,
                "README.md says where to get one, and its SHA-256");
}

bool hasOutputs(const cv::dnn::Net &net)
{
    const std::vector<cv::String> there = net.getUnconnectedOutLayersNames();
    return std::all_of(outputNames().begin(), outputNames().end(), [&](const cv::String &name) {
        return std::find(there.begin(), there.end(), name) != there.end();
    });
}

} // namespace

Result<YuNetNets> YuNetNets::load(const std::string &model)
{
    const auto file = findModel(model);
    if (!file)
        return tl::unexpected(file.error());
    std::ifstream stream(*file, std::ios::binary | std::ios::ate);
    const std::streamsize size = stream ? std::streamsize(stream.tellg()) : -1;
    if (size < 0)
        return fail(ErrorCode::Denied, "detect.yunet.model", file->string() + " cannot be read");
    if (size > MostBytes)
        return notAModel(file->string(), "is too large for a YuNet model");
    std::vector<unsigned char> bytes(static_cast<std::size_t>(size));
    stream.seekg(0);
    if (!stream.read(reinterpret_cast<char *>(bytes.data()), size))
        return fail(ErrorCode::Io, "detect.yunet.model", file->string() + " cannot be read");
    YuNetNets nets(std::move(bytes));
    try {
        if (nets.m_model.empty() || !hasOutputs(nets.make()))
            return notAModel(file->string(), "is not a YuNet model with twelve outputs");
        // Only a run shows whether this OpenCV can do all of its layers.
        const int smallest[] = {1, 3, 32, 32};
        nets.run(cv::Mat(4, smallest, CV_32F, cv::Scalar(0)));
    } catch (const cv::Exception &) {
        return notAModel(file->string(), "is not a model that OpenCV can read");
    }
    return nets;
}

cv::dnn::Net YuNetNets::make() const
{
    cv::dnn::Net net = cv::dnn::readNetFromONNX(
        reinterpret_cast<const char *>(m_model.data()), m_model.size());
    net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    return net;
}

cv::dnn::Net &YuNetNets::netFor(const cv::Size &size)
{
    const auto known = std::find_if(m_nets.begin(), m_nets.end(),
                                    [&](const Net &net) { return net.size == size; });
    if (known != m_nets.end())
        m_nets.splice(m_nets.begin(), m_nets, known);
    else if (m_nets.size() < MostNets)
        m_nets.push_front({size, make()});
    else
        m_nets.splice(m_nets.begin(), m_nets, std::prev(m_nets.end())); // takes the new size on
    m_nets.front().size = size;
    return m_nets.front().net;
}

const std::vector<cv::Mat> &YuNetNets::run(const cv::Mat &blob)
{
    cv::dnn::Net &net = netFor({blob.size[3], blob.size[2]});
    net.setInput(blob);
    net.forward(m_outputs, outputNames());
    return m_outputs;
}

} // namespace facetrack
