"""/api/docs: a plain page over the OpenAPI description, without scripts from anywhere else."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from server.api.route import Route


async def page(request: Request) -> Response:
    """Every route with its rule and first sentence; the full shapes are in /api/openapi.json."""
    routes: list[Route] = sorted(request.app.state.routes, key=lambda route: (route.path, route.method))
    rows = "".join(
        f"<tr><td><code>{route.method}</code></td><td><code>{escape(route.path)}</code></td>"
        f"<td>{escape(route.summary)}</td><td>{escape(route.rule.says)}</td></tr>"
        for route in routes
    )
    return HTMLResponse(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Tenfour API</title>'
        '<meta name="viewport" content="width=device-width"><h1>Tenfour API</h1>'
        '<p>Shapes: <a href="/api/openapi.json">openapi.json</a></p>'
        f"<table><tr><th>Method</th><th>Path</th><th>What</th><th>Who</th></tr>{rows}</table></html>"
    )
