"use strict";
SwaggerUIBundle({
  url: document.getElementById("description").dataset.address,
  dom_id: "#description",
  deepLinking: true,
  validatorUrl: null,
});
