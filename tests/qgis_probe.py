"""Run by Debian's python3: opens files in real QGIS (offscreen) and prints what it sees as JSON.

Each line of the input is a JSON list ``[PNG, SOURCE, ...]``, which is answered by a JSON object on a line; QGIS
takes seconds to start.  SOURCE is a layer (``a.geojson``, ``a.gpkg|layername=events``) or a project (``a.qgz``,
``geopackage:a.gpkg?projectName=Dateline``).  All sources of a line are rendered together into PNG.
"""

import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor


def opened(source):
    """Open a layer in two steps: in one, PyQGIS drops the times of its style."""
    options = QgsVectorLayer.LayerOptions()
    options.loadDefaultStyle = False
    layer = QgsVectorLayer(source, "layer", "ogr", options)
    layer.loadDefaultStyle()
    return layer


def described(layer):
    """Return what QGIS makes of a layer."""
    renderer, times, labels = layer.renderer(), layer.temporalProperties(), layer.labeling()
    tips = []
    for feature in layer.getFeatures():
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
        context.setFeature(feature)
        tips.append(QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context))
        if len(tips) == 100:
            break
    kind = renderer.type() if renderer else None
    broken = []
    for symbol in renderer.symbols(QgsRenderContext()) if renderer else []:
        for part in symbol.symbolLayers():
            properties = part.dataDefinedProperties()
            for key in properties.propertyKeys():
                expression = QgsExpression(properties.property(key).expressionString())
                if expression.hasParserError():
                    broken.append(expression.expression())
    if labels and QgsExpression(labels.settings().fieldName).hasParserError():
        broken.append(labels.settings().fieldName)
    return {
        "name": layer.name(),
        "valid": layer.isValid(),
        "source": layer.source(),
        "count": layer.featureCount(),
        "read": sum(1 for _ in layer.getFeatures()),
        "fields": {field.name(): field.typeName() for field in layer.fields()},
        "crs": layer.crs().authid(),
        "renderer": kind,
        "categories": [c.value() for c in renderer.categories()] if kind == "categorizedSymbol" else [],
        "legend": [c.label() for c in renderer.categories()] if kind == "categorizedSymbol" else [],
        "labels": labels.settings().fieldName if labels and layer.labelsEnabled() else None,
        "temporal": [times.isActive(), int(times.mode()), times.startField(), times.endField()],
        "tips": tips,
        "broken": broken,
    }


def render(layers, extent, crs, png, background, span=None):
    """Draw layers into a file; return how many colours the picture has and QGIS's complaints."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(crs)
    settings.setExtent(extent)
    settings.setOutputSize(QSize(1100, 750))
    settings.setOutputDpi(120)
    settings.setBackgroundColor(background)
    if span:
        settings.setIsTemporal(True)
        settings.setTemporalRange(span)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(png)
    colours = {image.pixel(x, y) for x in range(0, 1100, 3) for y in range(0, 750, 3)}
    return {"colours": len(colours), "errors": [error.message for error in job.errors()]}


def look(png, *sources):
    """Return what QGIS sees, and the layers."""
    project = QgsProject.instance()
    seen = {"project": None}
    if sources[0].startswith("geopackage:") or sources[0].endswith((".qgz", ".qgs")):
        seen["read"] = project.read(sources[0])
        layers = [node.layer() for node in project.layerTreeRoot().findLayers()]
        shown = [node.layer() for node in project.layerTreeRoot().findLayers() if node.isVisible()]
        extent = project.viewSettings().defaultViewExtent()
        times = project.timeSettings()
        span = times.temporalRange()
        seen["project"] = {
            "title": project.title(),
            "crs": project.crs().authid(),
            "begin": span.begin().toString(Qt.ISODate),
            "end": span.end().toString(Qt.ISODate),
            "step": [times.timeStep(), int(times.timeStepUnit())],
            "absolute": project.readBoolEntry("Paths", "/Absolute")[0],
            "controller": project.readEntry("TemporalControllerWidget", "/StartDateTime")[0],
        }
        background, crs = project.backgroundColor(), project.crs()
        canvas = project.viewSettings().defaultViewExtent()
        extent = QgsRectangle(canvas)
        if extent.isEmpty():
            extent = shown[0].extent()
    else:
        layers = shown = [opened(source) for source in sources]
        crs, background = QgsCoordinateReferenceSystem("EPSG:4326"), QColor("white")
        extent, span = layers[0].extent(), None
        extent.grow(max(1.0, extent.width() * 0.15))
    seen["layers"] = [described(layer) for layer in layers]
    seen["picture"] = render(shown, extent, crs, png, background)
    if span and not span.isInfinite():
        day = QgsDateTimeRange(span.begin(), span.begin().addDays(1))
        seen["first_day"] = render(shown, extent, crs, png.replace(".png", "-day.png"), background, day)
    return seen, layers


def main():
    """Answer line by line."""
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    kept = []  # QGIS crashes when Python takes its layers apart
    for line in sys.stdin:
        seen, layers = look(*json.loads(line))
        kept.append(layers)
        print(json.dumps(seen), flush=True)
    os._exit(0)


main()
