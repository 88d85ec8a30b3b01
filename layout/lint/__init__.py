"""House style (表記): our rules and the organisers' own, over the leaflet as it is read."""
